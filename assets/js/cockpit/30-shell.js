/* The shell: theme choice, the light poll, words when the server is silent, page changes, URL text. */
(function () {
  "use strict";
  var POLL_LIMIT_MS = 8000;
  var staleSince = null;
  var lastNow = "";
  var isStanding = false;

  function show(id, visible) {
    var node = document.getElementById(id);
    if (node) { node.hidden = !visible; }
  }
  function say(text) {
    var words = document.getElementById("shell-stale-words");
    if (words && words.textContent !== text) { words.textContent = text; }
    show("shell-stale", Boolean(text));
  }
  function fresh(notice) { staleSince = null; if (!isStanding) { say(notice || ""); } }
  function stale(status) {
    staleSince = staleSince || new Date();
    say(["Anzeige veraltet seit " + window.cockpit.clockFormat.format(staleSince) + "\u00a0Uhr:",
      (status && status.detail) || "Der Server antwortet nicht. Es wird weiter versucht.",
      (status && status.notice) || ""].join(" ").trim());
  }
  window.cockpit.standing = function (since) { // a page that knows of itself that it no longer redraws
    if (since) {
      say("Anzeige steht seit " + window.cockpit.clockFormat.format(since) + "\u00a0Uhr: Was hier steht, ist von vorher. Die Seite l\u00e4dt sich gleich neu.");
      isStanding = true;
    } else if (isStanding) { isStanding = false; say(""); }
  };
  document.addEventListener("click", function (event) {
    if (event.target instanceof Element && event.target.closest("[data-print]")) { window.print(); }
  });
  function write(id, text) {
    var node = document.getElementById(id);
    if (node && node.textContent !== text) { node.textContent = text; }
  }
  function announce(text) {
    var region = document.getElementById("shell-announcer");
    if (region) { region.textContent = text; }
  }

  function poll(_ticks, version) {
    var none = window.dash_clientside.no_update;
    return window.fetch("/api/v1/status", { cache: "no-store", signal: AbortSignal.timeout(POLL_LIMIT_MS) })
      .then(function (answer) {
        if (answer.ok) { return answer.json(); }
        return answer.json().catch(function () { return null; }).then(function (status) { stale(status); return null; });
      })
      .then(function (status) {
        if (!status) { return none; }
        if (document.querySelector("[data-reload]")) { window.location.reload(); } // shown only because the store was silent
        window.cockpit.sync(status.now, status.now === lastNow ? 0 : status.speed); // a replay stops at its end
        lastNow = status.now;
        fresh(status.notice);
        if (status.drill) { write("shell-drill-pace", status.drill.pace); write("shell-drill-remark", status.drill.remark); }
        return status.version === version ? none : status.version;
      })
      .catch(function () { stale(); return none; });
  }
  function chooseTheme(name) {
    if (name) { window.cockpitTheme.choose(name); }
    return window.dash_clientside.no_update;
  }
  function currentTheme(clicks) {
    return clicks ? document.documentElement.dataset.theme : window.dash_clientside.no_update;
  }
  function storedTheme() { return window.cockpitTheme.chosen(); }
  function writeQuery(text) {
    if (typeof text === "string") {
      window.history.replaceState(window.history.state, "", window.location.pathname + text);
    }
    return window.dash_clientside.no_update;
  }
  function closeToast() { return [true]; }
  function bring(node) { // into view sideways, where a row of links is wider than a phone
    var row = node && node.closest("nav");
    if (!row || row.scrollWidth <= row.clientWidth) { return; }
    var own = node.getBoundingClientRect();
    var seen = row.getBoundingClientRect();
    row.scrollLeft += own.left + own.width / 2 - seen.left - seen.width / 2;
  }
  function markPage(path) {
    document.querySelectorAll(".header__link").forEach(function (link) {
      var target = link.getAttribute("href");
      var here = target === "/" ? path === "/" : path === target || path.indexOf(target + "/") === 0;
      if (here) { link.setAttribute("aria-current", "page"); bring(link); } else { link.removeAttribute("aria-current"); }
    });
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: { poll: poll, chooseTheme: chooseTheme, storedTheme: storedTheme, currentTheme: currentTheme, writeQuery: writeQuery, markPage: markPage, closeToast: closeToast },
  });

  var lastTitle = "";
  new MutationObserver(function () {
    if (document.title === lastTitle) { return; }
    if (lastTitle) {
      announce("Seite geladen: " + document.title);
      var main = document.getElementById("inhalt");
      if (main && document.activeElement === document.body) { main.focus({ preventScroll: true }); }
    }
    lastTitle = document.title;
  }).observe(document.head, { childList: true, subtree: true, characterData: true });
  var brought = null;
  new MutationObserver(function () { // the row of a page comes after its title
    var here = document.querySelector(".sections__here");
    if (here !== brought) { brought = here; bring(here); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
