"""The demo shop's addresses."""

from django.urls import path

from samspill.sample import views

app_name = "demo"
urlpatterns = [
    path("", views.front, name="front"),
    path("orders", views.orders, name="orders"),
    path("sign-in", views.sign_in, name="sign_in"),
    path("mail/", views.mail, name="mail"),
]
