/* A file over the limit is refused by the browser without a word: say it where it was chosen. */
(function () {
  "use strict";
  function tell(event, files) {
    var place = event.target instanceof Element ? event.target.closest("[data-upload-limit]") : null;
    if (!place) { return; }
    var limit = Number(place.dataset.uploadLimit);
    var words = place.querySelector(".upload__refused");
    var large = Array.prototype.find.call(files || [], function (file) { return file.size > limit; });
    words.textContent = large
      ? "„" + large.name + "“ hat mehr als " + words.dataset.mb + " MB und wurde nicht gelesen."
      : "";
  }
  document.addEventListener("change", function (event) { tell(event, event.target.files); }, true);
  document.addEventListener("drop", function (event) {
    tell(event, event.dataTransfer && event.dataTransfer.files);
  }, true);
})();
