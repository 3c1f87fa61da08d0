"""What can go wrong at the HTTP edge. `public_errors` says with which status and sentence each is told.

WebError
├── UnknownConversation   the id is not known here: begin a new conversation
├── ConversationBusy      another message of the same conversation is being answered
├── ClientIdReused        the same client id came with another text
├── MessageTooLong        more characters than an answer can deal with
├── BodyTooLarge          more bytes than a message can have
├── UnknownItem           no such service item today
├── UnknownSource         no such source, version or original
├── NotSignedIn           a staff page, and nobody is signed in
├── SignInRefused         the name or the password is wrong
├── SignInBraked          too many wrong passwords; wait
├── NotAllowed            signed in, but the role does not allow this
├── ForgedRequest         a change without the token of our own page
├── VersionNotNewest      somebody else changed it meanwhile: load it again
├── UploadTooBig          the file is larger than what is taken there
├── UploadEmpty           the file has no content
├── UploadNotTaken        the file is no document and no picture
├── SheetRefused          the sheet has problems that keep it from being saved
├── ReportRefused         there is no such answer to say something about
├── CitizenUnknown        a page of somebody's own, and the browser has no session
├── SignInNotOffered      no identity provider is configured
├── WrongHost            the request names another host than ours
├── TooManyRequests       more requests than one person or place may send
├── BrokenJson          the body is no JSON
├── BrokenText          the text holds characters that are none
├── WrongShape          the body lacks a field, or one has the wrong type
├── NotFound            no such address
├── MethodNotAllowed    the address exists; the method does not
└── PagesNotBuilt         the page was not built; the API works
"""


class WebError(Exception):
    """Base of this package's errors."""


class UnknownConversation(WebError):
    """No conversation has this id."""


class ConversationBusy(WebError):
    """Another message of this conversation is being answered."""


class ClientIdReused(WebError):
    """The client id belongs to a message with another text."""


class MessageTooLong(WebError):
    """The message has too many characters."""


class BodyTooLarge(WebError):
    """The request has too many bytes."""


class UnknownItem(WebError):
    """There is no such service item today."""


class UnknownSource(WebError):
    """There is no such source, version or original."""


class NotSignedIn(WebError):
    """Nobody is signed in."""


class SignInRefused(WebError):
    """The name or the password is wrong."""


class SignInBraked(WebError):
    """Too many wrong passwords from here."""


class NotAllowed(WebError):
    """The role does not allow this."""


class ForgedRequest(WebError):
    """The change did not come from our own page."""


class VersionNotNewest(WebError):
    """Somebody else changed it meanwhile."""


class UploadTooBig(WebError):
    """The file is larger than what is taken there: `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class UploadNotTaken(WebError):
    """The file is no document and no picture."""


class UploadEmpty(WebError):
    """The file has no content."""


class SheetRefused(WebError):
    """The sheet has problems that keep it from being saved."""


class ReportRefused(WebError):
    """There is no such answer to say something about."""


class CitizenUnknown(WebError):
    """The browser has no session of a citizen."""


class SignInNotOffered(WebError):
    """No identity provider is configured."""


class TooManyRequests(WebError):
    """More requests than one person or place may send."""


class PagesNotBuilt(WebError):
    """web/dist is missing."""


class BrokenJson(WebError):
    """The body is no JSON."""


class BrokenText(WebError):
    """The text holds characters that are none."""


class WrongShape(WebError):
    """The body lacks a field, or one has the wrong type."""


class NotFound(WebError):
    """No such address."""


class MethodNotAllowed(WebError):
    """The address exists; the method does not."""


class WrongHost(WebError):
    """The request names another host than ours."""
