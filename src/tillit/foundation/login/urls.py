"""Addresses of the ways in and out, the lock, one's own security, and the municipality's rules."""

from django.urls import path

from tillit.foundation.login.views import entry, lock, passkeys, policy, second_step, security, services

app_name = "login"
urlpatterns = [
    path("logg-inn/", entry.log_in, name="log-in"),
    path("logg-inn/demo/", entry.log_in_to_demo, name="demo"),
    path("logg-inn/andre-steg/", second_step.ask, name="second-step"),
    path("logg-inn/nytt-andre-steg/", second_step.set_up, name="set-up"),
    path("logg-inn/med/<slug:slug>/", services.go, name="service"),
    path("logg-inn/med/<slug:slug>/svar/", services.back, name="service-back"),
    path("logg-inn/passnokkel/sporsmal/", passkeys.ask, name="passkey-ask"),
    path("logg-inn/passnokkel/", passkeys.log_in, name="passkey-log-in"),
    path("ny-innlogging/", entry.invitation, name="invitation"),
    path("logg-ut/", entry.log_out, name="log-out"),
    path("laas/", lock.lock, name="lock"),
    path("laast/", lock.locked, name="locked"),
    path("laast/passnokkel/sporsmal/", passkeys.ask_for_mine, name="unlock-ask"),
    path("laast/passnokkel/", passkeys.prove, name="unlock-passkey"),
    path("i-bruk/", lock.in_use, name="in-use"),
    path("meg/innlogging/", security.show, name="security"),
    path("meg/innlogging/pin/", lock.pin, name="pin"),
    path("meg/innlogging/enhet/", security.device, name="device"),
    path("meg/innlogging/passnokkel/", security.new_passkey, name="new-passkey"),
    path("meg/innlogging/passnokkel/sporsmal/", passkeys.ask_for_new, name="new-passkey-ask"),
    path("meg/innlogging/passnokkel/ny/", passkeys.add, name="add-passkey"),
    path("meg/innlogging/passnokkel/<int:passkey_id>/", security.rename_passkey, name="rename-passkey"),
    path("meg/innlogging/passnokkel/<int:passkey_id>/fjern/", security.remove_passkey, name="remove-passkey"),
    path("meg/innlogging/kodeapp/", security.code_app, name="code-app"),
    path("meg/innlogging/kodeapp/fjern/", security.remove_code_app, name="remove-code-app"),
    path("meg/innlogging/reservekoder/", second_step.codes, name="codes"),
    path("meg/innlogging/reservekoder/nye/", security.new_codes, name="new-codes"),
    path("meg/innlogging/kobling/<int:identity_id>/fjern/", security.unlink, name="unlink"),
    path("meg/innlogging/okter/andre/", security.end_others, name="end-others"),
    path("meg/innlogging/okter/<int:session_id>/", security.end_session, name="end-session"),
    path("regler-for-innlogging/", policy.rules, name="rules"),
]
