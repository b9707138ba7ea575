"""Who sees where a citizen lives when her address is hidden (adressesperre, kode 6 and 7)."""


def shows_address(*, is_hidden: bool, has_visit: bool, is_named: bool, is_person: bool = True) -> bool:
    """Whether somebody is shown the address, the phone, the way in and the neighbours of a citizen.

    has_visit: she goes to the citizen that day. is_named: she answers for the citizen, as deputy too, or is named as
    one who may know. is_person: False for the nightly job and the planner, which show nobody anything.
    A role alone never shows it: neither a leader's nor a case worker's.
    """
    return not is_hidden or has_visit or is_named or not is_person
