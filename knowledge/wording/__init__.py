"""How the facts of a sheet are worded for a reader: signs, lists, amounts, dates, conditions."""
