/* Names on the map, as text over the canvas: placed by importance, never one over another. */
(function () {
  "use strict";
  var TILE = 512;
  var GAP = 3;
  var OFFSET = 13;
  var DETAIL_ZOOM = 1.3; // names of lesser importance appear this far above the first view

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
      return box[0] < other[2] + GAP && box[2] > other[0] - GAP && box[1] < other[3] + GAP && box[3] > other[1] - GAP;
    });
  }
  function candidates(x, y, width, height, isMarker) {
    if (!isMarker) { return [[x - width / 2, y - height / 2]]; }
    return [
      [x + OFFSET, y - height / 2], [x - OFFSET - width, y - height / 2],
      [x - width / 2, y - OFFSET - height], [x - width / 2, y + OFFSET],
      [x + OFFSET * 0.8, y - height - 4], [x + OFFSET * 0.8, y + 4],
      [x - OFFSET * 0.8 - width, y - height - 4], [x - OFFSET * 0.8 - width, y + 4],
      [x + OFFSET * 2, y - height / 2], [x - width / 2, y - OFFSET * 1.9 - height], [x - width / 2, y + OFFSET * 1.9],
    ];
  }
  function placeLabels(root, labels, view) {
    var layer = root.querySelector(".map__labels");
    if (!layer || !view || !view.width) { return; }
    root.cockpitFirstZoom = root.cockpitFirstZoom === undefined ? view.zoom : Math.min(root.cockpitFirstZoom, view.zoom);
    var project = projector(view);
    var shown = labels.filter(function (label) { return label.level <= (view.zoom - root.cockpitFirstZoom) / DETAIL_ZOOM; });
    var markers = labels.filter(function (label) { return label.marker; }).map(function (label) {
      var at = project(label.lon, label.lat);
      return [at[0] - 9, at[1] - 9, at[0] + 9, at[1] + 9];
    });
    var taken = markers.slice();
    layer.replaceChildren();
    shown.sort(function (a, b) { return a.priority - b.priority; }).forEach(function (label) {
      var at = project(label.lon, label.lat);
      if (at[0] < 0 || at[1] < 0 || at[0] > view.width || at[1] > view.height) { return; }
      var node = document.createElement("span");
      node.className = "map__label map__label--" + label.kind;
      node.textContent = label.text;
      layer.append(node);
      var width = node.offsetWidth, height = node.offsetHeight;
      var place = candidates(at[0], at[1], width, height, label.marker).find(function (corner) {
        var box = [corner[0], corner[1], corner[0] + width, corner[1] + height];
        return box[0] > 2 && box[1] > 2 && box[2] < view.width - 2 && box[3] < view.height - 2 && !overlaps(box, taken);
      });
      if (!place) { node.remove(); return; }
      node.style.transform = "translate(" + Math.round(place[0]) + "px," + Math.round(place[1]) + "px)";
      taken.push([place[0], place[1], place[0] + width, place[1] + height]);
    });
  }
  window.cockpit.placeLabels = placeLabels;
})();
