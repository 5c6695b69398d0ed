"""The customer's side: the help centre in every language, and the front door."""

from django.urls import path

from samspill.portal import (
    article,
    asking,
    callback,
    callback_page,
    contact,
    crawlers,
    deflecting,
    front_door,
    home,
    rating,
    searching,
    stopping,
)

help_centre = (
    [
        path("", home.choose, name="choose"),
        path("stop/<str:key>/", stopping.stop, name="stop"),
        path("callback/", callback.choose, name="callback_choose"),
        path("contact/", contact.choose, name="contact_choose"),
        path("<str:language>/", home.home, name="home"),
        path("<str:language>/contact/", contact.contact, name="contact"),
        path("<str:language>/contact/send", contact.send, name="contact_send"),
        path("<str:language>/contact/sent", contact.sent, name="contact_sent"),
        path("<str:language>/contact/articles", deflecting.articles, name="contact_articles"),
        path("<str:language>/contact/articles/<slug:slug>", deflecting.article, name="contact_article"),
        path("<str:language>/contact/told", deflecting.told, name="contact_told"),
        path("<str:language>/callback/", callback.form, name="callback"),
        path("<str:language>/callback/send", callback.send, name="callback_send"),
        path("<str:language>/callback/<str:key>/", callback_page.page, name="callback_page"),
        path("<str:language>/callback/<str:key>/change", callback_page.change, name="callback_change"),
        path("<str:language>/callback/<str:key>/data", callback_page.data, name="callback_data"),
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
