"""The pages about how well the assistant understands."""

from django.urls import path

from samspill.console import mail_report
from samspill.console.callback_report import costs as callback_costs
from samspill.console.callback_report import report as callback_report
from samspill.console.understanding import adding, golden, report

patterns = [
    path("understanding/callbacks/", callback_report.dashboard, name="callback_report"),
    path("understanding/callbacks/figures.csv", callback_report.download, name="callback_report_csv"),
    path("understanding/callbacks/figures.pdf", callback_report.printed, name="callback_report_pdf"),
    path("understanding/callbacks/costs/", callback_costs.costs, name="callback_report_costs"),
    path("understanding/mail/", mail_report.report, name="mail_report"),
    path("understanding/mail/behind/", mail_report.behind, name="mail_report_behind"),
    path("understanding/mail/figures.csv", mail_report.download, name="mail_report_csv"),
    path("understanding/", report.understanding, name="understanding"),
    path("understanding/run", report.run_now, name="understanding_run"),
    path("understanding/progress", report.progress, name="understanding_progress"),
    path("understanding/plan", report.plan, name="understanding_plan"),
    path("understanding/<int:pk>/read", report.alarm_read, name="understanding_read"),
    path("understanding/figures.<str:name>", report.download, name="understanding_figures"),
    path("understanding/golden/", golden.listed, name="golden"),
    path("understanding/golden/add", adding.add, name="golden_add"),
    path("understanding/golden/begin", adding.begin, name="golden_begin"),
    path("understanding/golden/take-in", adding.take_in, name="golden_take_in"),
    path("understanding/golden/<int:pk>/change", golden.change, name="golden_change"),
    path("understanding/golden/<int:pk>/remove", golden.remove, name="golden_remove"),
    path("understanding/golden/<int:pk>/restore", golden.restore, name="golden_restore"),
    path("messages/<int:pk>/golden", adding.from_message, name="golden_from_message"),
]
