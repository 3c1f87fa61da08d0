"""What Xiao Shen says in English without a source."""

from assistant.phrases.phrasebook import Phrasebook
from assistant.steps.small_talk import Talk
from knowledge.recognition.differences import Circumstance, Dimension
from knowledge.statements import Facet

_WAY_ON = "Please check the Suishenban (随申办) app or ask at the service window; you can also call 12345."

_FACETS = {
    Facet.OVERVIEW: "this matter",
    Facet.CONDITIONS: "the conditions",
    Facet.MATERIALS: "the documents to bring",
    Facet.PROCESS: "the steps",
    Facet.CHANNELS: "where to apply",
    Facet.TIME_LIMIT: "how long it takes",
    Facet.FEE: "the fee",
    Facet.RESULT: "what you receive",
    Facet.LEGAL_BASIS: "the legal basis",
    Facet.AGENT: "whether somebody else may apply for you",
    Facet.RELATED: "related matters",
    Facet.DEPARTMENT: "the department in charge",
    Facet.BENEFIT: "the amount",
    Facet.VALIDITY: "how long it is valid",
    Facet.REFERENCE_STATUS: "the source",
}

ENGLISH = Phrasebook(
    facets=_FACETS,
    questions={
        Facet.CONDITIONS: "What are the conditions?",
        Facet.MATERIALS: "What documents do I need?",
        Facet.PROCESS: "How do I apply?",
        Facet.CHANNELS: "Where do I apply?",
        Facet.TIME_LIMIT: "How long does it take?",
        Facet.FEE: "Is there a fee?",
        Facet.LEGAL_BASIS: "What is the legal basis?",
        Facet.BENEFIT: "How much is paid?",
        Facet.VALIDITY: "How long is it valid?",
    },
    talk={
        Talk.GREETING: "Hello, I am Xiao Shen. Tell me what you need, for example “I lost my ID card”.",
        Talk.THANKS: "You are welcome. Ask me again any time.",
        Talk.FAREWELL: "Goodbye. Come back whenever you need to.",
        Talk.WHO_ARE_YOU: (
            "I am Xiao Shen (小申), the assistant for government services in Shanghai: a computer program, not a "
            "person. I can tell you the conditions, documents, places, times and fees, each with its source, and I "
            "say so where there is no reliable source."
        ),
        Talk.NONE_OF_THESE: (
            "All right. Please say it another way: what happened, and what do you need in the end? "
            "You can also call 12345."
        ),
        Talk.PERSON: (
            "All right, looking for a person. When nobody is online, call 12345 or go to the nearest community service "
            "center (社区事务受理服务中心)."
        ),
    },
    unconfirmed={facet: f"I have no reliable source for {name}. {_WAY_ON}" for facet, name in _FACETS.items()}
    | {Facet.OVERVIEW: f"I have no reliable source for this point. {_WAY_ON}"},
    way_on=(
        "You can look it up in the Suishenban (随申办) app, call 12345, or go to the nearest community service center."
    ),
    no_item="I have no reliable material on this question, so I will not guess.",
    no_evidence="I found no text that answers this question, so I will not guess.",
    other_region="You are asking about another place. I only hold the rules of Shanghai and cannot answer for it.",
    other_region_way_on="Please check that place's government website or call its 12345.",
    clarify="Which of these do you mean?",
    tell_apart={
        Dimension.REASON: "Which of these is your case (“{}”)?",
        Dimension.AUDIENCE: "Is it for a person or for a company (“{}”)?",
        Dimension.PLACE: "Which of these is your case (“{}”)?",
        Dimension.KIND: "Which kind do you mean (“{}”)?",
    },
    circumstances={
        Circumstance.FIRST: "For the first time",
        Circumstance.RENEWAL: "It has expired: renew or exchange it",
        Circumstance.LOST: "It is lost: replace it",
        Circumstance.DAMAGED: "It is damaged: exchange it",
        Circumstance.CHANGE: "Something has changed: update it",
        Circumstance.CANCEL: "No longer needed: cancel it",
        Circumstance.AGAIN: "I had it before: apply again",
        Circumstance.PERSON: "For a person",
        Circumstance.COMPANY: "For a company",
        Circumstance.WITHIN: "Within this place",
        Circumstance.ACROSS: "From or to another place",
        Circumstance.FOREIGN: "With a foreign country, Hong Kong, Macao or Taiwan",
    },
    clarify_not_these="None of these",
    clarify_not_these_send="None of these",
    replaced="The last answer was not complete. Here is another one.",
    guard_stopped="This answer did not pass our check, so I cannot give it to you.",
    search_broken="The search is out of order just now. Please try again in a moment.",
    row_unconfirmed="No reliable source yet; please check the Suishenban (随申办) app or the window",
    more_materials="More documents may be needed; the full list is in the Suishenban (随申办) app or at the window.",
    call_12345="Call 12345",
    person="Ask a person",
    open_card="Open the full card",
)
