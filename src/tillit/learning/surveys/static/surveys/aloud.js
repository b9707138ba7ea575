// Reads the question and its choices aloud with a voice on this machine. A voice from elsewhere would send the text out,
// so it is never used: without a local voice in the page's language the button stays hidden.
"use strict";
{
  const LIKE = { nb: ["nb", "no", "nn"], nn: ["nn", "no", "nb"], en: ["en"] };
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;

  const voice = () => {
    const local = speech.getVoices().filter((one) => one.localService === true);
    const language = (one) => one.lang.toLowerCase().split(/[-_]/)[0];
    for (const wanted of LIKE[document.documentElement.lang] ?? []) {
      const found = local.find((one) => language(one) === wanted);
      if (found) return found;
    }
    return null;
  };

  let turn = 0; // each press is a new turn: what is left of an old one says nothing of this
  const stop = () => {
    turn += 1;
    speech.cancel();
    button.setAttribute("aria-pressed", "false");
    document.querySelector("[data-now-aloud]")?.removeAttribute("data-now-aloud");
  };

  const read = (by) => {
    stop();
    const mine = turn;
    const pieces = [...document.querySelectorAll("[data-aloud]")];
    button.setAttribute("aria-pressed", "true");
    pieces.forEach((piece, place) => {
      const said = new SpeechSynthesisUtterance(piece.dataset.aloud || piece.textContent.trim());
      said.voice = by;
      said.lang = by.lang;
      said.rate = 0.9;
      said.onstart = () => {
        if (mine === turn) piece.setAttribute("data-now-aloud", "");
      };
      said.onend = () => {
        piece.removeAttribute("data-now-aloud");
        if (mine === turn && place === pieces.length - 1) stop();
      };
      said.onerror = () => {
        if (mine === turn) stop();
      };
      speech.speak(said);
    });
  };

  if (button && speech) {
    const offer = () => {
      button.hidden = voice() === null;
    };
    button.addEventListener("click", () => {
      const by = voice();
      if (by && button.getAttribute("aria-pressed") === "false") read(by);
      else stop();
    });
    window.addEventListener("pagehide", stop);
    speech.addEventListener?.("voiceschanged", offer); // voices may come after the page
    offer();
  }
}
