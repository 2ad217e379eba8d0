"""The spiders: one for each declared outlet, so that `scrapy list` shows them all and `scrapy crawl kontan` runs one."""

from crawlers.outlets import OUTLETS
from crawlers.spiders.outlet import OutletSpider

for _name, _outlet in OUTLETS.items():
    globals()[_name] = type(
        _name,
        (OutletSpider,),
        {
            "__module__": __name__,
            "__doc__": f"The spider of {_outlet.title}.",
            "name": _name,
            "outlet": _outlet,
            "allowed_domains": list(_outlet.hosts),
        },
    )
