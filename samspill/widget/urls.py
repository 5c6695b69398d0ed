"""The chat widget's addresses."""

from django.urls import path

from samspill.widget import around, callback, pages, talk

app_name = "widget"
urlpatterns = [
    path("loader.js", pages.loader, name="loader"),
    path("panel", pages.panel, name="panel"),
    path("file/<str:key>", pages.file, name="file"),
    path("hello", talk.hello, name="hello"),
    path("messages", talk.messages, name="messages"),
    path("read", talk.read, name="read"),
    path("typing", talk.typing, name="typing"),
    path("consent", around.agree, name="consent"),
    path("upload", around.upload, name="upload"),
    path("email", around.email, name="email"),
    path("callback", callback.callback, name="callback"),
    path("survey", around.survey, name="survey"),
]
