// The code on a card stands after # in its picture: it never reaches a log. It is put in the field, and taken away.
"use strict";
const field = document.querySelector("[data-card]");
const code = window.location.hash.slice(1);
if (field && code) {
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
}
