"""Hold each sheet's rows against what is stored, and write the difference. One module a sheet.

`compare` reads and writes nothing: it is the dry run. `write` stores the difference of some rows in the caller's
transaction. Comparing again after writing finds nothing to do: running an import twice changes nothing.
"""
