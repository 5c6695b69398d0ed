"""The pages where the company teaches the assistant what its customers want."""

from django.urls import path

from samspill.console.training import around, histories, intents, models, sentences, wants

urlpatterns = [
    path("training/", intents.listed, name="training"),
    path("training/new", intents.new, name="training_new"),
    path("training/train", around.train, name="training_train"),
    path("training/state", around.state, name="training_state"),
    path("training/proposals/", intents.proposals, name="training_proposals"),
    path("training/intents/<int:pk>/", intents.intent, name="training_intent"),
    path("training/intents/<int:pk>/accept", intents.accept, name="training_accept"),
    path("training/intents/<int:pk>/unaccept", intents.unaccept, name="training_unaccept"),
    path("training/intents/<int:pk>/merge", intents.merge, name="training_merge"),
    path("training/intents/<int:pk>/dismiss", intents.dismiss, name="training_dismiss"),
    path("training/intents/<int:pk>/restore", intents.restore, name="training_restore"),
    path("training/intents/<int:pk>/add", sentences.add, name="training_add"),
    path("training/sentences/", sentences.sentences, name="training_sentences"),
    path("training/sentences/accept", sentences.accept_all, name="training_accept_all"),
    path("training/sentences/<int:pk>/label", sentences.label, name="training_label"),
    path("training/sentences/<int:pk>/loosen", sentences.loosen, name="training_loosen"),
    path("training/sentences/<int:pk>/drop", sentences.drop, name="training_drop"),
    path("training/sentences/<int:pk>/keep", sentences.keep, name="training_keep"),
    path("training/histories/", histories.histories, name="training_histories"),
    path("training/histories/<int:pk>/", histories.history, name="training_history"),
    path("training/models/", models.models, name="training_models"),
    path("training/models/<int:pk>/use", models.use, name="training_use"),
    path("messages/<int:pk>/wants", wants.wants, name="wants"),
    path("unanswered/<int:pk>/about", wants.gap_about, name="gap_about"),
]
