/* Puts server-made SVG text into its place and lets people read a hydrograph by mouse and arrow keys. */
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var FAST_STEP = 10;

  function insert(place) {
    if (place.cockpitDrawn === place.dataset.svg) { return; }
    place.cockpitDrawn = place.dataset.svg;
    place.innerHTML = place.dataset.svg; // written by components/charts/svg.py, which escapes every dynamic part
  }
  function make(tag, className) {
    var node = document.createElementNS(NS, tag);
    node.setAttribute("class", className);
    return node;
  }
  function cursor(drawing, reading) {
    var svg = drawing.querySelector("svg");
    if (!svg) { return; }
    var plot = JSON.parse(drawing.dataset.plot);
    var x = plot.x[0] + ((reading[0] - plot.t[0]) / (plot.t[1] - plot.t[0])) * (plot.x[1] - plot.x[0]);
    var y = plot.y[1] - ((reading[1] - plot.v[0]) / (plot.v[1] - plot.v[0])) * (plot.y[1] - plot.y[0]);
    var old = svg.querySelector(".cursor-group");
    if (old) { old.remove(); }
    var group = make("g", "cursor-group");
    var line = make("line", "cursor");
    [["x1", x], ["x2", x], ["y1", plot.y[0]], ["y2", plot.y[1]]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]); });
    var dot = make("circle", "cursor-dot");
    [["cx", x], ["cy", y], ["r", 5]].forEach(function (pair) { dot.setAttribute(pair[0], pair[1]); });
    group.append(line, dot);
    svg.append(group);
  }
  function read(reader, index) {
    var readings = JSON.parse(reader.dataset.reader);
    if (!readings.length) { return; }
    var place = Math.min(Math.max(index, 0), readings.length - 1);
    var reading = readings[place];
    reader.cockpitIndex = place;
    reader.setAttribute("aria-valuenow", String(place));
    reader.setAttribute("aria-valuetext", reading[2]);
    reader.querySelectorAll("[data-plot]").forEach(function (drawing) { cursor(drawing, reading); });
    var line = reader.parentElement.querySelector("[data-readout]");
    if (line) { line.textContent = reading[2]; }
  }
  function newest(reader) { // lines and marks follow the newest reading: the arrow keys reach them, the pointer does not
    return Number(reader.dataset.readerStart || JSON.parse(reader.dataset.reader).length - 1);
  }
  function current(reader) {
    if (reader.cockpitIndex === undefined) { return newest(reader); }
    return reader.cockpitIndex;
  }
  function onKey(event) {
    var reader = event.target.closest && event.target.closest("[data-reader]");
    if (!reader || reader !== event.target) { return; }
    var step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -FAST_STEP, PageUp: FAST_STEP }[event.key];
    if (step) { read(reader, current(reader) + step); event.preventDefault(); }
    if (event.key === "Home") { read(reader, 0); event.preventDefault(); }
    if (event.key === "End") { read(reader, Infinity); event.preventDefault(); }
  }
  function onPointer(event) {
    var reader = event.target.closest && event.target.closest("[data-reader]");
    if (!reader) { return; }
    var drawing = Array.prototype.find.call(reader.querySelectorAll("[data-plot]"), function (each) { return each.offsetWidth > 0; });
    var svg = drawing && drawing.querySelector("svg");
    if (!svg) { return; }
    var plot = JSON.parse(drawing.dataset.plot);
    var box = svg.getBoundingClientRect();
    var x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    var at = plot.t[0] + ((x - plot.x[0]) / (plot.x[1] - plot.x[0])) * (plot.t[1] - plot.t[0]);
    var readings = JSON.parse(reader.dataset.reader).slice(0, newest(reader) + 1);
    if (!readings.length) { return; }
    var nearest = 0;
    readings.forEach(function (reading, index) {
      if (Math.abs(reading[0] - at) < Math.abs(readings[nearest][0] - at)) { nearest = index; }
    });
    read(reader, nearest);
  }
  function onFocus(event) {
    var reader = event.target.closest && event.target.closest("[data-reader]");
    if (reader && reader === event.target) { read(reader, current(reader)); }
  }

  function scan() { document.querySelectorAll("[data-svg]").forEach(insert); }
  new MutationObserver(scan).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-svg"],
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointermove", onPointer);
  document.addEventListener("focusin", onFocus);
})();
