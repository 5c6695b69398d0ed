from django.urls import path

from samspill.console import (
    acting,
    bulk,
    composing,
    conversation,
    files,
    inbox,
    joining,
    profile,
    reading,
    redacting,
    setup,
    signing_in,
    windows,
)
from samspill.console.contacts.urls import patterns as contacts
from samspill.console.knowledge_urls import patterns as knowledge
from samspill.console.settings import urls as settings
from samspill.console.training import urls as training
from samspill.console.understanding.urls import patterns as understanding

app_name = "console"
urlpatterns = [
    *knowledge,
    *understanding,
    *contacts,
    path("", inbox.inbox, name="inbox"),
    path("more/", inbox.more, name="more"),
    path("changed/", inbox.changed, name="changed"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("c/<int:pk>/", conversation.conversation, name="conversation"),
    path("c/<int:pk>/head/", conversation.head, name="head"),
    path("c/<int:pk>/news/", conversation.news, name="news"),
    path("c/<int:pk>/earlier/", conversation.earlier, name="earlier"),
    path("c/<int:pk>/orders/", conversation.orders, name="orders"),
    path("c/<int:pk>/write/", composing.write, name="write"),
    path("c/<int:pk>/draft/", composing.draft, name="draft"),
    path("c/<int:pk>/here/", composing.here, name="here"),
    path("c/<int:pk>/assign/", acting.assign, name="assign"),
    path("c/<int:pk>/team/", acting.team, name="team"),
    path("c/<int:pk>/take-over/", acting.take_over, name="take_over"),
    path("c/<int:pk>/give-back/", acting.give_back, name="give_back"),
    path("c/<int:pk>/close/", acting.close, name="close"),
    path("c/<int:pk>/reopen/", acting.reopen, name="reopen"),
    path("c/<int:pk>/snooze/", acting.snooze, name="snooze"),
    path("m/<int:pk>/", reading.sounds, name="sounds"),
    path("m/<int:pk>/reading/", reading.reading, name="reading"),
    path("m/<int:pk>/correct/", reading.correct, name="correct"),
    path("m/<int:pk>/uncorrect/<str:what>/", reading.uncorrect, name="uncorrect"),
    path("c/<int:pk>/redact/<int:message>/", redacting.redact, name="redact"),
    path("c/<int:pk>/unredact/<int:redaction>/", redacting.unredact, name="unredact"),
    path("c/<int:pk>/window/", windows.window, name="window"),
    path("c/<int:pk>/template/<int:template>/", windows.preview, name="template"),
    path("c/<int:pk>/template/<int:template>/send/", windows.send, name="template_send"),
    path("attach/", composing.attach, name="attach"),
    path("file/<str:key>/", files.file, name="file"),
    path("pass/", signing_in.pass_, name="pass"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("setup/", setup.setup, name="setup"),
    path("join/<int:pk>/<str:key>/", joining.join, name="join"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", profile.password, name="password"),
    path("profile/theme/", profile.theme, name="theme"),
    *settings.urlpatterns,
    *training.urlpatterns,
]
