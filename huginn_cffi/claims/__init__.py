"""Whether a client is the browser, program or robot that it claims to be.

`judging` combines all evidence by one table (``verdicts.csv``), `robots` reads operators' address lists and
key directories, `signatures` verifies requests that robots sign (extra ``huginn-cffi[claims]``), and `proofs`
has both, and reads them again.
"""
