"""Own instruments (egne spørreskjemaer), made in the app: pure changes and checks of an `Instrument`."""
