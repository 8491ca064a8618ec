"""Invitations go out by mail: the inbox, which sends mail, says so to the floor below."""

from schakel.inbox import jobs
from schakel.sharing.people.post import carried_by


def carry(party: int) -> None:
    """Have the worker send the invitations of a party once the transaction is done."""
    jobs.send_invitations.defer(party=party)


carried_by(carry)
