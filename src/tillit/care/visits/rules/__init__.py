"""Pure rules of visits: how plans become visits, what a plan change does, how long things take, who came."""
