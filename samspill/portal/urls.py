"""The customer's side: the help centre in every language, and the front door."""

from django.urls import path

from samspill.portal import article, asking, crawlers, front_door, home, rating, searching, stopping

help_centre = (
    [
        path("", home.choose, name="choose"),
        path("stop/<str:key>/", stopping.stop, name="stop"),
        path("<str:language>/", home.home, name="home"),
        path("<str:language>/c/<path:name>/", home.category, name="category"),
        path("<str:language>/a/<slug:slug>/", article.article, name="article"),
        path("<str:language>/a/<slug:slug>/helped", rating.helped, name="helped"),
        path("<str:language>/search", searching.results, name="search"),
        path("<str:language>/suggest", searching.suggest, name="suggest"),
        path("<str:language>/asked", asking.asked, name="asked"),
    ],
    "portal",
)
front = (
    [
        path("", front_door.front_door, name="front_door"),
        path("robots.txt", crawlers.robots, name="robots"),
        path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    ],
    "front",
)
