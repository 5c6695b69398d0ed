"""The pages about contacts and the care for their records."""

from django.urls import path

from samspill.console.care import deciding, page, setting
from samspill.console.contacts import contact, listed, merging

patterns = [
    path("contacts/", listed.contacts, name="contacts"),
    path("contacts/<int:pk>/", contact.contact, name="contact"),
    path("contacts/<int:pk>/earlier/", contact.earlier, name="contact_earlier"),
    path("contacts/<int:pk>/orders/", contact.orders, name="contact_orders"),
    path("contacts/<int:pk>/merge/", merging.merging, name="contact_merge"),
    path("contacts/unmerge/<int:pk>/", merging.unmerge, name="contact_unmerge"),
    path("care/", page.care, name="care"),
    path("care/review/", page.review_now, name="care_review"),
    path("care/progress/", page.progress, name="care_progress"),
    path("care/settings/", setting.settings, name="care_settings"),
    path("care/many/", deciding.many, name="care_many"),
    path("care/<int:pk>/accept/", deciding.accept, name="care_accept"),
    path("care/<int:pk>/reject/", deciding.reject, name="care_reject"),
    path("care/<int:pk>/undo/", deciding.undo, name="care_undo"),
    path("care/<int:pk>/assign/", deciding.assign, name="care_assign"),
]
