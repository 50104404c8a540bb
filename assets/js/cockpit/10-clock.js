/* Time on screen: ages, countdowns and the event clock tick here; a replay's clock runs faster. */
(function () {
  "use strict";
  var MINUTE = 60000;
  var TICK_MS = 1000;
  var base = null; // {event, speed, at}: event time and the moment we learned it

  function sync(eventIso, speed) {
    base = { event: Date.parse(eventIso), speed: Number(speed), at: Date.now() };
  }
  function now() {
    if (!base) {
      var shell = document.getElementById("shell-clock");
      if (!shell) { return Date.now(); }
      sync(shell.dataset.now, shell.dataset.speed);
    }
    return base.event + (Date.now() - base.at) * base.speed;
  }
  function duration(minutes) {
    var whole = Math.max(0, Math.floor(minutes));
    var hours = Math.floor(whole / 60);
    var rest = whole % 60;
    if (!hours) { return rest + "\u00a0Min."; }
    return hours + "\u00a0Std." + (rest ? " " + rest + "\u00a0Min." : "");
  }
  function age(ms) {
    var minutes = ms / MINUTE;
    if (minutes < 1) { return "gerade eben"; }
    if (minutes >= 2880) { return "vor " + Math.floor(minutes / 1440) + "\u00a0Tagen"; }
    return "vor " + duration(minutes);
  }
  var clockFormat = new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" });
  var secondFormat = new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Europe/Berlin" });
  var stampFormat = new Intl.DateTimeFormat("de-DE", {
    day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin",
  });

  var words = {
    age: function (at) { return age(now() - at); },
    usable: function (at) {
      var left = (at - now()) / MINUTE;
      return left < 1 ? "keine Zeit mehr" : duration(left);
    },
    digits: function (at) {
      var left = Math.floor(Math.max(0, (at - now()) / MINUTE));
      return left < 60 ? String(left) : Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    },
    unit: function (at) { return (at - now()) / MINUTE < 60 ? "Min." : "Std."; },
    second: function () { return secondFormat.format(new Date(now())); },
    call: function (at) {
      var left = (at - now()) / MINUTE;
      return left < 1 ? "in K\u00fcrze" : "in " + duration(left);
    },
    event: function () { return stampFormat.format(new Date(now())).replace(", ", " ") + "\u00a0Uhr"; },
    wall: function () { return clockFormat.format(new Date()) + "\u00a0Uhr"; },
  };
  function tick() {
    document.querySelectorAll("[data-tick]").forEach(function (node) {
      var text = words[node.dataset.tick](Date.parse(node.getAttribute("datetime")));
      if (node.textContent !== text) { node.textContent = text; }
    });
  }
  window.setInterval(tick, TICK_MS);
  window.cockpit = { sync: sync, now: now, tick: tick, clockFormat: clockFormat };
})();
