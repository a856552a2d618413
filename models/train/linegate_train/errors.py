"""The one kind of error that a person reads."""


class PersonError(Exception):
    """Says what is wrong and what to do. Anything else that is thrown is a defect and keeps its trace."""
