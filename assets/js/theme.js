/* Runs in the head, before the first paint: the chosen theme, else what the system prefers. */
(function () {
  "use strict";
  var KEY = "cockpit-theme";
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try { return window.localStorage.getItem(KEY) || "auto"; } catch (refused) { return "auto"; }
  }
  function apply() {
    var name = chosen();
    var theme = name === "auto" ? (dark.matches ? "dark" : "light") : name;
    document.documentElement.setAttribute("data-theme", theme);
    document.documentElement.setAttribute("data-bs-theme", theme === "dark" ? "dark" : "light");
  }
  dark.addEventListener("change", apply);
  apply();
  window.cockpitTheme = {
    chosen: chosen,
    choose: function (name) {
      try { window.localStorage.setItem(KEY, name); } catch (refused) { /* stays for this page */ }
      apply();
    },
  };
})();
