"""Addresses of figures."""

from django.urls import path

from schakel.figures.views import alerts as alert_views
from schakel.figures.views import (
    all_figures,
    auditing,
    behind,
    bodies,
    definitions,
    exploring,
    indicator,
    overview,
    paper,
    revision,
    samples,
    year,
)
from schakel.figures.views import comments as comment_views
from schakel.figures.views import expected as expected_views
from schakel.figures.views import targets as target_views

app_name = "figures"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cijfers/", all_figures.all_figures, name="all"),
    path("cijfers/definities/", definitions.definitions, name="definitions"),
    path("cijfers/overzicht.pdf", paper.overview_pdf, name="overview_pdf"),
    path("cijfers/jaar/<int:period>/", year.year, name="year"),
    path("cijfers/jaar/<int:period>/afsluiting/", year.closing, name="year_closing"),
    path("cijfers/jaar/<int:period>/herziening/<int:version>/", revision.revision, name="revision"),
    path("cijfers/doelen/", target_views.targets, name="targets"),
    path("cijfers/doelen/nieuw/", target_views.new_target, name="target_new"),
    path("cijfers/doelen/<int:number>/", target_views.target, name="target"),
    path("cijfers/meldingen/", alert_views.alerts, name="alerts"),
    path("cijfers/opmerkingen/<int:number>/intrekken/", comment_views.withdraw_comment, name="comment_withdraw"),
    path("cijfers/verkennen/", exploring.explore_page, name="explore"),
    path("cijfers/verkennen/bestand/<slug:form>/", exploring.explore_file, name="explore_file"),
    path("cijfers/verkennen/weergaven/", exploring.views_page, name="explore_views"),
    path("cijfers/verkennen/weergaven/<int:pk>/", exploring.view_page, name="explore_view"),
    path("cijfers/verkennen/weergaven/<int:pk>/weg/", exploring.drop_page, name="explore_drop"),
    path("cijfers/organen/", bodies.bodies, name="bodies"),
    path("controle/", auditing.home, name="audit"),
    path("controle/cijfers/<int:year>/", auditing.figures, name="audit_figures"),
    path("controle/bestanden/<int:year>/", auditing.files, name="audit_files"),
    path("controle/steekproef/nieuw/", auditing.draw, name="audit_draw"),
    path("controle/steekproef/<int:sample_id>/", samples.sample, name="audit_sample"),
    path("controle/steekproef/<int:sample_id>/steekproef.<slug:ending>", samples.taken, name="audit_taken"),
    path("controle/steekproef/<int:sample_id>/<int:position>/", samples.item, name="audit_item"),
    path("controle/spoor.<slug:ending>", auditing.trail, name="audit_trail"),
    path("cijfers/<slug:indicator_id>/", indicator.indicator, name="indicator"),
    path("cijfers/<slug:indicator_id>/opmerkingen/", comment_views.comments_on, name="comments"),
    path("cijfers/<slug:indicator_id>/verwachting/", expected_views.expected, name="expected"),
    path("cijfers/<slug:indicator_id>/lijst/", behind.behind, name="list"),
]
