"""The pages of callbacks."""

from django.urls import path

from samspill.console.callbacks import acting, asking, detail, listed, working

patterns = [
    path("callbacks/", working.callbacks, name="callbacks"),
    path("callbacks/next/", acting.take_next, name="callback_next"),
    path("callbacks/duty/", acting.duty, name="callback_duty"),
    path("callbacks/all/", listed.listed, name="callbacks_all"),
    path("callbacks/ask/<int:pk>/", asking.ask, name="callback_ask"),
    path("callbacks/<int:pk>/", detail.callback, name="callbacks_one"),
    path("callbacks/<int:pk>/take/", acting.take, name="callback_take"),
    path("callbacks/<int:pk>/call/", acting.call, name="callback_call"),
    path("callbacks/<int:pk>/another/", acting.another, name="callback_another"),
    path("callbacks/<int:pk>/put-back/", acting.put_back, name="callback_put_back"),
    path("callbacks/<int:pk>/postpone/", acting.postpone, name="callback_postpone"),
    path("callbacks/<int:pk>/cancel/", acting.cancel, name="callback_cancel"),
    path("callbacks/attempt/<int:pk>/finish/", acting.finish, name="callback_finish"),
    path("callbacks/attempt/<int:pk>/undo/", acting.undo, name="callback_undo"),
    path("callbacks/attempt/<int:pk>/no-call/", acting.no_call, name="callback_no_call"),
]
