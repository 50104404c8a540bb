/* Names on the map, as text over the canvas: placed by importance, never one over another. */
(function () {
  "use strict";
  var TILE = 512;
  var NS = "http://www.w3.org/2000/svg";
  var GAP = 2;
  var GAP_BESIDE = 7; // two names in a row would read as one
  var MARK = 10; // half the size of a marker that names keep clear of
  var CORE = 4;
  var RINGS = [13, 24, 38, 54, 72, 94];
  var LEADER_FROM = 20; // farther away a thin line leads back to the marker
  var ANGLES = [0, 180, 320, 40, 220, 140, 270, 90, 300, 60, 240, 120, 340, 20, 200, 160];
  var DETAIL_ZOOM = 1.1; // names of lesser importance appear this far above the first view

  function projector(view) {
    var scale = TILE * Math.pow(2, view.zoom);
    function world(lon, lat) {
      var y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
      return [(scale * (lon + 180)) / 360, scale * (0.5 - y / (2 * Math.PI))];
    }
    var centre = world(view.longitude, view.latitude);
    return function (lon, lat) {
      var point = world(lon, lat);
      return [point[0] - centre[0] + view.width / 2, point[1] - centre[1] + view.height / 2];
    };
  }
  function overlaps(box, taken) {
    return taken.some(function (other) {
      return box[0] < other[2] + GAP_BESIDE && box[2] > other[0] - GAP_BESIDE && box[1] < other[3] + GAP && box[3] > other[1] - GAP;
    });
  }
  /* Corners to try for a name of this size around a point: close ones first, right before left. */
  function corners(at, size, ring, angle) {
    var turn = (angle * Math.PI) / 180;
    var x = at[0] + Math.cos(turn) * ring, y = at[1] + Math.sin(turn) * ring;
    var left = Math.cos(turn) > 0.25 ? x : Math.cos(turn) < -0.25 ? x - size[0] : x - size[0] / 2;
    var top = Math.abs(Math.sin(turn)) < 0.25 ? y - size[1] / 2 : Math.sin(turn) > 0 ? y : y - size[1];
    return [left, top];
  }
  function fits(corner, size, view, taken) {
    var box = [corner[0], corner[1], corner[0] + size[0], corner[1] + size[1]];
    return box[0] > 2 && box[1] > 2 && box[2] < view.width - 2 && box[3] < view.height - 2 && !overlaps(box, taken);
  }
  function side(a, b, c) { return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]); }
  function cross(one, other) {
    return side(one[0], one[1], other[0]) * side(one[0], one[1], other[1]) < 0
      && side(other[0], other[1], one[0]) * side(other[0], other[1], one[1]) < 0;
  }
  function edges(box) {
    return [[[box[0], box[1]], [box[2], box[3]]], [[box[2], box[1]], [box[0], box[3]]]];
  }
  function through(segment, boxes) {
    return boxes.some(function (box) { return edges(box).some(function (edge) { return cross(segment, edge); }); });
  }
  function nearest(at, corner, size) {
    return [Math.min(Math.max(at[0], corner[0]), corner[0] + size[0]), Math.min(Math.max(at[1], corner[1]), corner[1] + size[1])];
  }
  /* A leader may not cross another one, nor run through a name; a name may not lie on a leader. */
  function isClear(at, corner, size, ring, drawn, marks) {
    var box = [corner[0], corner[1], corner[0] + size[0], corner[1] + size[1]];
    if (drawn.leaders.some(function (leader) { return through(leader, [box]); })) { return false; }
    if (ring <= LEADER_FROM) { return true; }
    var own = [at, nearest(at, corner, size)];
    return !through(own, marks) && !through(own, drawn.names) && !drawn.leaders.some(function (leader) { return cross(own, leader); });
  }
  var SLOTS = RINGS.reduce(function (all, ring) {
    return all.concat(ANGLES.map(function (angle) { return { ring: ring, angle: angle }; }));
  }, []);
  /* The slot of the last time comes first: names stay where they are while minutes count down. */
  function besideMarker(at, size, view, taken, drawn, marks, last) {
    var slots = last ? [last].concat(SLOTS) : SLOTS;
    for (var i = 0; i < slots.length; i += 1) {
      var corner = corners(at, size, slots[i].ring, slots[i].angle);
      if (fits(corner, size, view, taken) && isClear(at, corner, size, slots[i].ring, drawn, marks)) {
        return { corner: corner, ring: slots[i].ring, slot: slots[i] };
      }
    }
    return null;
  }
  /* Where marks crowd, a leader may pass over the edge of one, never over its middle. */
  function cores(boxes) {
    return boxes.map(function (box) {
      return [box[0] + MARK - CORE, box[1] + MARK - CORE, box[2] - MARK + CORE, box[3] - MARK + CORE];
    });
  }
  function onPlace(points, size, view, taken) {
    for (var i = 0; i < points.length; i += 1) {
      var corner = [points[i][0] - size[0] / 2, points[i][1] - size[1] / 2];
      if (fits(corner, size, view, taken)) { return { corner: corner, ring: 0 }; }
    }
    return null;
  }
  function leader(lines, at, corner, size) {
    var end = nearest(at, corner, size);
    var line = document.createElementNS(NS, "line");
    [["x1", at[0]], ["y1", at[1]], ["x2", end[0]], ["y2", end[1]]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]); });
    lines.append(line);
    return [at, end];
  }
  function controls(root) {
    var origin = root.getBoundingClientRect();
    return Array.prototype.map.call(root.querySelectorAll(".map__controls, .map__scale, .map__note"), function (node) {
      var box = node.getBoundingClientRect();
      return [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top];
    });
  }
  function placeLabels(root, labels, view) {
    var layer = root.querySelector(".map__labels");
    if (!layer || !view || !view.width) { return; }
    root.cockpitFirstZoom = root.cockpitFirstZoom === undefined ? view.zoom : Math.min(root.cockpitFirstZoom, view.zoom);
    var level = (view.zoom - root.cockpitFirstZoom) / DETAIL_ZOOM;
    var project = projector(view);
    var taken = controls(root);
    var marks = [];
    labels.forEach(function (label) {
      if (!label.marker) { return; }
      var at = project(label.lon, label.lat);
      var box = [at[0] - MARK, at[1] - MARK, at[0] + MARK, at[1] + MARK];
      taken.push(box);
      marks.push(box);
    });
    var drawn = { names: [], leaders: [] };
    function others(at) {
      return marks.filter(function (box) { return box[2] < at[0] || box[0] > at[0] || box[3] < at[1] || box[1] > at[1]; });
    }
    var sameZoom = root.cockpitSlots && Math.abs(root.cockpitSlotZoom - view.zoom) < 0.01;
    var slots = {};
    var lines = document.createElementNS(NS, "svg");
    layer.replaceChildren(lines);
    labels.filter(function (label) { return label.level <= level; })
      .sort(function (a, b) { return a.priority - b.priority; })
      .forEach(function (label) {
        var at = project(label.lon, label.lat);
        var isInside = at[0] > 0 && at[1] > 0 && at[0] < view.width && at[1] < view.height;
        if (label.marker && !isInside) { return; }
        var node = document.createElement("span");
        node.className = "map__label map__label--" + label.kind;
        node.textContent = label.text;
        layer.append(node);
        var size = [node.offsetWidth, node.offsetHeight];
        var places = label.places.length ? label.places.map(function (place) { return project(place[0], place[1]); }) : [at];
        var name = label.text.split(" · ")[0];
        var last = sameZoom ? root.cockpitSlots[name] : null;
        var found = label.marker ? besideMarker(at, size, view, taken, drawn, others(at), last) : onPlace(places, size, view, taken);
        if (!found && label.kind === "strong" && label.marker) { found = besideMarker(at, size, view, taken, drawn, cores(others(at)), last); }
        if (!found) { node.remove(); return; }
        if (found.slot) { slots[name] = found.slot; }
        node.style.transform = "translate(" + Math.round(found.corner[0]) + "px," + Math.round(found.corner[1]) + "px)";
        if (found.ring > LEADER_FROM) { drawn.leaders.push(leader(lines, at, found.corner, size)); }
        drawn.names.push([found.corner[0], found.corner[1], found.corner[0] + size[0], found.corner[1] + size[1]]);
        taken.push([found.corner[0], found.corner[1], found.corner[0] + size[0], found.corner[1] + size[1]]);
      });
    root.cockpitSlots = slots;
    root.cockpitSlotZoom = view.zoom;
  }
  window.cockpit.placeLabels = placeLabels;
})();
