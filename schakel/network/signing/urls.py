"""Addresses of signing in by the names that allauth knows them by; of all it has, only these are there."""

from django.urls import path

from schakel.network.signing import connecting, factors, passwords, views

urlpatterns = [
    path("aanmelden/", views.SignIn.as_view(), name="account_login"),
    path("aanmelden/code/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("aanmelden/sleutel/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("aanmelden/bij/<slug:provider_id>/", connecting.to_provider, name="openid_connect_login"),
    path("aanmelden/bij/<slug:provider_id>/terug/", connecting.from_provider, name="openid_connect_callback"),
    path("aanmelden/opnieuw/", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("aanmelden/opnieuw/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("aanmelden/opnieuw/sleutel/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("toegang/", factors.OwnAccess.as_view(), name="mfa_index"),
    path("toegang/wachtwoord/", passwords.ChangePassword.as_view(), name="account_change_password"),
    path("toegang/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("toegang/app/weg/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("toegang/sleutel/", factors.AddKey.as_view(), name="mfa_add_webauthn"),
    path("toegang/sleutel/<int:pk>/weg/", factors.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("toegang/herstelcodes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("toegang/herstelcodes/nieuw/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
]
