"""The recorded edition: two days of news written for the project, in the page structures of real outlets, packed to WARC.

`articles/<outlet>/*.md` are the articles, `outlets/<outlet>/` the outlet's pages and listings as Jinja templates with
`site.toml` beside them, and `python -m crawlers.recorded --out DIR` packs one WARC file an outlet.
"""
