"""A merge through a Dask cluster. Imported only when one is named.

The computer that asks checks the table, hands out rows and writes the files; workers render and send back bytes.
"""
