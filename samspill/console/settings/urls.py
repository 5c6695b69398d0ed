from django.urls import path

from samspill.console.settings import (
    agents,
    assistant,
    company,
    health,
    index,
    orders,
    teams,
    tokens,
    widget,
    work,
)

urlpatterns = [
    path("settings/", index.index, name="settings"),
    path("settings/company/", company.company, name="settings_company"),
    path("settings/company/order-number/", company.try_pattern, name="settings_pattern"),
    path("settings/widget/", widget.inboxes, name="settings_widget"),
    path("settings/widget/<int:pk>/", widget.inbox, name="settings_inbox"),
    path("settings/widget/<int:pk>/secret/", widget.secret, name="settings_secret"),
    path("settings/assistant/", assistant.assistant, name="settings_assistant"),
    path("settings/assistant/try/", assistant.try_it, name="settings_try_llm"),
    path("settings/orders/", orders.orders, name="settings_orders"),
    path("settings/orders/try/", orders.try_it, name="settings_try_orders"),
    path("settings/agents/", agents.agents, name="settings_agents"),
    path("settings/agents/new/", agents.invite_agent, name="settings_invite"),
    path("settings/agents/<int:pk>/", agents.agent, name="settings_agent"),
    path("settings/agents/<int:pk>/link/", agents.link, name="settings_agent_link"),
    path("settings/agents/<int:pk>/activity/", agents.activity, name="settings_agent_activity"),
    path("settings/teams/", teams.teams, name="settings_teams"),
    path("settings/teams/<int:pk>/", teams.team, name="settings_team"),
    path("settings/tokens/", tokens.tokens, name="settings_tokens"),
    path("settings/tokens/<int:pk>/revoke/", tokens.revoke, name="settings_revoke"),
    path("settings/work/", work.work, name="settings_work"),
    path("settings/work/<int:pk>/", work.act, name="settings_job"),
    path("settings/health/", health.health, name="settings_health"),
]
