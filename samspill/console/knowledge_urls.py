"""The pages about articles and about what they lack."""

from django.urls import path

from samspill.console import article, article_versions, articles, deflections, gaps

patterns = [
    path("articles/", articles.articles, name="articles"),
    path("articles/new", articles.article_new, name="article_new"),
    path("articles/preview", article.article_preview, name="article_preview"),
    path("articles/<int:pk>/", article.article, name="article"),
    path("articles/<int:pk>/delete", article.article_delete, name="article_delete"),
    path("articles/<int:pk>/<str:language>/", article.article_text, name="article_text"),
    path("articles/<int:pk>/<str:language>/autosave", article.article_autosave, name="article_autosave"),
    path("articles/<int:pk>/<str:language>/withdraw", article.article_withdraw, name="article_withdraw"),
    path("articles/<int:pk>/<str:language>/facts", article.article_facts, name="article_facts"),
    path(
        "articles/<int:pk>/<str:language>/<int:number>/",
        article_versions.article_version,
        name="article_version",
    ),
    path(
        "articles/<int:pk>/<str:language>/<int:number>/restore",
        article_versions.article_restore,
        name="article_restore",
    ),
    path("unanswered/spared/", deflections.spared, name="unanswered_spared"),
    path("unanswered/", gaps.unanswered, name="unanswered"),
    path("unanswered/<int:pk>/draft", gaps.gap_draft, name="gap_draft"),
    path("unanswered/<int:pk>/fits", gaps.gap_fits, name="gap_fits"),
    path("unanswered/<int:pk>/link", gaps.gap_link, name="gap_link"),
    path("unanswered/<int:pk>/dismiss", gaps.gap_dismiss, name="gap_dismiss"),
    path("unanswered/<int:pk>/reopen", gaps.gap_reopen, name="gap_reopen"),
    path("unanswered/<int:pk>/own", gaps.gap_own, name="gap_own"),
]
