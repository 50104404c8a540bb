/* The wall: polls without starving a slow redraw, notices when it stands still, plays the rain, sounds and flashes. */
(function () {
  "use strict";
  var REDRAW_LIMIT_MS = 10000; // a redraw that takes longer is asked for again
  var STANDS_STILL_MS = 15000;
  var RELOAD_MS = 60000;
  var FRAME_MS = 600;
  var LAST_FRAME_MS = 1800;
  var KEY = "cockpit-wall";
  var asked = null; // {version, at, since}: what the page was told to draw, and since when it has not drawn
  var behindSince = null;
  var lastPoll = Date.now();
  var known = null; // alarms that waited at the last look

  function wall() { return document.querySelector(".page--wall"); }
  function drawn() {
    var node = document.getElementById("wall-drawn");
    return node ? node.dataset.drawn : null;
  }
  function poll(ticks, version) {
    var none = window.dash_clientside.no_update;
    lastPoll = Date.now();
    if (asked && asked.version !== drawn() && Date.now() - asked.at < REDRAW_LIMIT_MS) { return none; }
    if (asked && asked.version !== drawn()) { version = null; } // ask again for what did not arrive
    return window.dash_clientside.shell.poll(ticks, version).then(function (found) {
      if (found !== none) {
        var isMissing = asked && asked.version !== drawn();
        asked = { version: found, at: Date.now(), since: isMissing ? asked.since : Date.now() };
      }
      return found;
    });
  }
  function watch() {
    if (!wall()) { asked = null; behindSince = null; known = null; return; }
    var isBehind = (asked && asked.version !== drawn() && Date.now() - asked.since > REDRAW_LIMIT_MS) || Date.now() - lastPoll > STANDS_STILL_MS;
    if (!isBehind) { behindSince = null; } else { behindSince = behindSince || Date.now(); }
    window.cockpit.standing(behindSince);
    if (behindSince && Date.now() - behindSince > RELOAD_MS && navigator.onLine) { window.location.reload(); }
    alarm();
  }
  function wake() {
    if (document.visibilityState !== "visible") { return; }
    if (wall()) { window.dash_clientside.set_props("wall-poll", { n_intervals: Date.now() }); }
    window.cockpit.tick();
  }

  function settings() {
    try { return JSON.parse(window.localStorage.getItem(KEY) || "{}"); } catch (refused) { return {}; }
  }
  function keep(found) {
    try { window.localStorage.setItem(KEY, JSON.stringify(found)); } catch (refused) { /* holds for this page */ }
  }
  function label(button, isOn) {
    button.setAttribute("aria-pressed", String(isOn));
    button.textContent = button.textContent.split(":")[0] + ": " + (isOn ? "an" : "aus");
  }
  function press(button) {
    var name = button.dataset.wallSwitch;
    if (name === "vollbild") {
      if (document.fullscreenElement) { document.exitFullscreen(); } else { document.documentElement.requestFullscreen(); }
      return;
    }
    var found = settings();
    found[name] = !found[name];
    keep(found);
    label(button, found[name]);
    if (name === "ton" && found.ton) { sound(); }
  }
  function sound() {
    var context = new (window.AudioContext || window.webkitAudioContext)();
    if (context.state !== "running") { // browsers allow sound after a click on the page only
      document.querySelectorAll('[data-wall-switch="ton"]').forEach(function (button) { button.textContent = "Ton: bitte einmal auf die Seite klicken"; });
      context.resume().catch(function () { /* the button says what to do */ });
    }
    [0, 0.35, 0.7].forEach(function (start) {
      var tone = context.createOscillator();
      var volume = context.createGain();
      tone.frequency.value = 880;
      volume.gain.setValueAtTime(0.25, context.currentTime + start);
      volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + start + 0.28);
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + start);
      tone.stop(context.currentTime + start + 0.3);
    });
    window.setTimeout(function () { context.close(); }, 1500);
  }
  function alarm() {
    var node = wall().querySelector("[data-waiting]");
    if (!node) { return; }
    var now = node.dataset.waiting.split(" ").filter(Boolean);
    var isNew = known !== null && now.some(function (id) { return known.indexOf(id) < 0; });
    known = now;
    var found = settings();
    if (isNew && found.ton) { sound(); }
    var flashes = Boolean(found.blinken) && now.length > 0;
    if (wall().classList.contains("wall--flash") !== flashes) { wall().classList.toggle("wall--flash", flashes); }
  }
  function dress() {
    var found = settings();
    document.querySelectorAll('[data-wall-switch]:not([data-wall-switch="vollbild"])').forEach(function (button) {
      var isOn = Boolean(found[button.dataset.wallSwitch]);
      if (button.getAttribute("aria-pressed") !== String(isOn)) { label(button, isOn); }
    });
  }

  var rain = { source: "", index: 0, until: 0, isStopped: window.matchMedia("(prefers-reduced-motion: reduce)").matches };
  function play() {
    var screen = document.querySelector("[data-rain-loop]");
    if (!screen) { return; }
    var labels = JSON.parse(screen.dataset.rainLoop);
    if (rain.source !== screen.dataset.source) { rain.source = screen.dataset.source; rain.index = Number(screen.dataset.still); rain.until = 0; }
    if (!screen.style.backgroundImage) {
      screen.style.backgroundImage = 'url("' + screen.dataset.source + '")';
      screen.style.backgroundSize = "100% " + labels.length * 100 + "%";
      rain.until = 0;
    }
    if (rain.isStopped && rain.until) { return; }
    if (Date.now() < rain.until) { return; }
    if (rain.until && !rain.isStopped) { rain.index = (rain.index + 1) % labels.length; }
    var isLast = rain.index === labels.length - 1;
    rain.until = Date.now() + (isLast ? LAST_FRAME_MS : FRAME_MS);
    screen.style.backgroundPositionY = labels.length > 1 ? (rain.index / (labels.length - 1)) * 100 + "%" : "0";
    var loop = screen.closest(".rain-loop");
    loop.querySelector(".rain-loop__label").textContent = labels[rain.index];
    loop.querySelector(".rain-loop__stop").textContent = rain.isStopped ? "Abspielen" : "Anhalten";
  }
  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element)) { return; }
    var button = event.target.closest("[data-wall-switch]");
    if (button) { press(button); }
    if (event.target.closest(".rain-loop__stop")) {
      rain.isStopped = !rain.isStopped;
      rain.until = 0;
      play();
    }
  });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.setInterval(watch, 1000);
  window.setInterval(dress, 1000);
  window.setInterval(play, 200);

  window.dash_clientside = Object.assign({}, window.dash_clientside, { wall: { poll: poll } });
})();
