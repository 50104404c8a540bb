/* Maps: the deck.gl bundle of the pydeck wheel is fetched when the first map appears, and only then. */
(function () {
  "use strict";
  var TILE = 512;
  var PADDING = 34;
  var PADDING_RIGHT = 62; // the buttons stand there
  var MAX_ZOOM = 14;
  var STEP = 0.8;
  var CALM_MS = 300; // estimate: the other callbacks of a page answer well within it
  var decks = {}; // key -> {deck, spec, place, view}
  var features = {}; // address -> promise of its features
  var bundle = null;

  function load(address) {
    bundle = bundle || new Promise(function (resolve, reject) {
      if (window.createDeck) { resolve(window.createDeck); return; }
      var early = document.querySelector('script[src="' + address + '"]'); // a page with a map asks for it at once
      var script = early || document.createElement("script");
      script.addEventListener("load", function () { resolve(window.createDeck); });
      script.addEventListener("error", function () { bundle = null; script.remove(); reject(new Error("bundle")); });
      if (!early) { script.src = address; document.head.append(script); }
    });
    return bundle;
  }
  function hasWebGl() {
    try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch (refused) { return false; }
  }
  function rgba(name, alpha) {
    var hex = window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    var full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
    var value = parseInt(full.slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255, Math.round(255 * (alpha === undefined ? 1 : alpha))];
  }
  /* Colours arrive as "var(--name)" or "var(--name, 0.5)": the theme decides what they are. */
  function themed(value) {
    if (typeof value === "string") {
      var found = /^var\((--[a-z0-9-]+)(?:, ([\d.]+))?\)$/.exec(value);
      return found ? rgba(found[1], found[2] === undefined ? 1 : Number(found[2])) : value;
    }
    if (Array.isArray(value)) { return value.map(themed); }
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(function (pair) { return [pair[0], themed(pair[1])]; }));
    }
    return value;
  }
  function fetchFeatures(address) {
    features[address] = features[address] || window.fetch(address).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(function (collection) { return collection.features; });
    features[address].catch(function () { delete features[address]; });
    return features[address];
  }
  /* Joins boundary features with the values of the layer that shows them. */
  function joined(spec) {
    var layers = spec.deck.layers.map(function (layer) {
      var join = spec.joins[layer.id];
      if (!join) { return Promise.resolve(layer); }
      return fetchFeatures(join.url).then(function (all) {
        var kept = all.filter(function (feature) { return Boolean(join.rows[feature.properties[join.key]]) === join.inside; });
        var data = kept.map(function (feature) {
          return Object.assign({}, feature, { properties: Object.assign({}, feature.properties, join.rows[feature.properties[join.key]] || join.rest) });
        });
        return Object.assign({}, layer, { data: data });
      });
    });
    return Promise.all(layers).then(function (done) { return Object.assign({}, spec.deck, { layers: done }); });
  }
  function mercator(lat) { return Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * (180 / Math.PI); }
  function fit(bounds, width, height) {
    var west = bounds[0], south = bounds[1], east = bounds[2], north = bounds[3];
    var perDegree = Math.min((width - PADDING - PADDING_RIGHT) / (east - west), (height - 2 * PADDING) / (mercator(north) - mercator(south)));
    var shift = (PADDING_RIGHT - PADDING) / 2 / perDegree;
    return {
      longitude: (west + east) / 2 + shift, latitude: (south + north) / 2, pitch: 0, bearing: 0,
      zoom: Math.min(MAX_ZOOM, Math.log2((perDegree * 360) / TILE)), minZoom: 7, maxZoom: MAX_ZOOM,
    };
  }
  function fail(root, words) {
    var place = root.querySelector(".map__failure");
    place.textContent = words;
    place.hidden = false;
  }
  function pick(root, info) {
    var object = info && info.object;
    var row = object && (object.properties || object);
    if (!row || !row.pick) { return; }
    var id = JSON.parse(root.dataset.pickId);
    window.dash_clientside.set_props(id, { data: { kind: row.pick[0], id: row.pick[1] } });
  }
  function tip(info) {
    var row = info.object && (info.object.properties || info.object);
    return row && row.tip ? { text: row.tip, className: "map__tip" } : null;
  }
  function moved(entry, view) {
    entry.view = view;
    window.cockpit.placeLabels(entry.root, entry.spec.labels, view);
    scale(entry.root, view);
  }
  function scale(root, view) {
    var metres = (40075016.7 * Math.cos((view.latitude * Math.PI) / 180)) / (TILE * Math.pow(2, view.zoom));
    var steps = [0.2, 0.5, 1, 2, 5, 10, 20, 50];
    var km = steps.filter(function (step) { return (step * 1000) / metres <= 110; }).pop() || steps[0];
    root.querySelector(".map__scale-text").textContent = String(km).replace(".", ",") + "\u00a0km";
    root.querySelector(".map__scale-bar").style.width = Math.round((km * 1000) / metres) + "px";
  }
  function zoomBy(entry, step) {
    var zoom = Math.min(MAX_ZOOM, Math.max(7, entry.view.zoom + step));
    jump(entry, Object.assign({}, entry.view, { zoom: zoom }));
  }
  function jump(entry, view) {
    var next = { longitude: view.longitude, latitude: view.latitude, zoom: view.zoom, pitch: 0, bearing: 0, minZoom: 7, maxZoom: MAX_ZOOM };
    entry.deck.setProps({ initialViewState: next });
    moved(entry, Object.assign({}, next, { width: entry.root.clientWidth, height: entry.root.clientHeight }));
  }
  function home(entry) {
    return Object.assign(fit(entry.spec.bounds, entry.root.clientWidth, entry.root.clientHeight),
      { width: entry.root.clientWidth, height: entry.root.clientHeight });
  }
  function create(root, key, spec, input, createDeck) {
    var entry = { root: root, spec: spec, view: null, deck: null };
    entry.view = home(entry);
    entry.deck = createDeck({
      container: root.querySelector(".map__canvas"),
      jsonInput: Object.assign({}, themed(input), { initialViewState: entry.view }),
      tooltip: false,
      handleEvent: function (name, event) {
        if (name === "deck-view-state-change-event") { moved(entry, event); }
        if (name === "deck-resize-event" && root.clientWidth) { jump(entry, home(entry)); }
        if (name === "deck-click-event") { pick(root, event); }
      },
    });
    entry.deck.setProps({
      getTooltip: tip, touchAction: "pan-y",
      controller: { scrollZoom: false, dragRotate: false, touchRotate: false, keyboard: true },
      onError: function () { fail(root, "Die Karte kann hier nicht gezeichnet werden. Die Tabelle enthält dieselben Angaben."); },
    });
    root.querySelectorAll("[data-zoom]").forEach(function (button) {
      button.onclick = function () {
        if (button.dataset.zoom === "home") { jump(entry, home(entry)); } else { zoomBy(entry, Number(button.dataset.zoom) * STEP); }
      };
    });
    var canvas = root.querySelector("canvas");
    if (canvas) { canvas.setAttribute("aria-label", root.getAttribute("aria-label")); canvas.setAttribute("role", "img"); }
    decks[key] = entry;
    moved(entry, entry.view);
    root.dataset.ready = "true";
  }
  function update(entry, spec, input) {
    entry.spec = spec;
    var next = themed(input);
    delete next.initialViewState;
    delete next.views;
    window.updateDeck(next, entry.deck);
    window.cockpit.placeLabels(entry.root, spec.labels, entry.view);
  }
  function forget() {
    Object.keys(decks).forEach(function (key) {
      if (!decks[key].root.isConnected) { decks[key].deck.finalize(); delete decks[key]; }
    });
  }
  /* Words and drawings first: the bundle keeps a slow machine's only thread busy for a second or two. */
  function calm(key) {
    if (decks[key]) { return Promise.resolve(); }
    return new Promise(function (resolve) {
      window.setTimeout(function () { window.requestAnimationFrame(function () { window.setTimeout(resolve, 0); }); }, CALM_MS);
    });
  }
  function draw(spec, id) {
    var none = window.dash_clientside.no_update;
    var root = document.querySelector('[data-map="' + id.key + '"]');
    if (!spec || !root) { return none; }
    forget();
    if (!hasWebGl()) {
      fail(root, "Dieser Browser kann keine Karte zeichnen (WebGL fehlt). Die Tabelle enthält dieselben Angaben.");
      return none;
    }
    calm(id.key).then(function () { return Promise.all([load(root.dataset.bundle), joined(spec)]); }).then(function (ready) {
      if (!root.isConnected) { return; }
      if (decks[id.key]) { update(decks[id.key], spec, ready[1]); } else { create(root, id.key, spec, ready[1], ready[0]); }
    }).catch(function () {
      fail(root, "Die Karte konnte nicht geladen werden. Die Tabelle enthält dieselben Angaben.");
    });
    return none;
  }
  new MutationObserver(function () {
    Object.keys(decks).forEach(function (key) {
      var entry = decks[key];
      joined(entry.spec).then(function (input) { update(entry, entry.spec, input); });
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { map: { draw: draw } });
})();
