/* New results replace tables: what a person has opened or focused stays open and focused. */
(function () {
  "use strict";
  var opened = {}; // page and words of the summary, without its count -> open
  var focused = null; // {node, page, key, index, next}

  function words(summary) { return summary.textContent.replace(/[\d()]+/g, "").trim(); }
  function place(details) {
    var summary = details.querySelector("summary");
    return window.location.pathname + "|" + (summary ? words(summary) : "");
  }
  function key(node) {
    if (node.matches("summary")) { return "summary|" + words(node); }
    if (node.matches("button[data-keep]")) { return "button|" + node.dataset.keep; }
    return node.matches("a[href]") ? "a|" + node.getAttribute("href") : null;
  }
  function alike(wanted) {
    return Array.prototype.filter.call(document.querySelectorAll("main summary, main a[href], main button[data-keep]"), function (node) {
      return key(node) === wanted;
    });
  }
  function reopen(root) {
    var found = root.matches("details") ? [root] : root.querySelectorAll("details");
    Array.prototype.forEach.call(found, function (details) {
      var known = opened[place(details)];
      if (known !== undefined && details.open !== known) { details.open = known; }
    });
  }
  /* What follows a button that is gone for good: the first one of the group that it names. */
  function following(group) {
    return Array.prototype.find.call(document.querySelectorAll("main button[data-keep-group]"), function (node) {
      return group && node.dataset.keepGroup === group;
    });
  }
  function refocus() {
    var lost = focused && !focused.node.isConnected && document.activeElement === document.body;
    if (!lost || focused.page !== window.location.pathname) { return; }
    var found = alike(focused.key);
    var node = found[Math.min(focused.index, found.length - 1)] || following(focused.next);
    if (node) { node.focus({ preventScroll: true }); }
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.tagName === "DETAILS" && event.target.isConnected) {
      opened[place(event.target)] = event.target.open;
    }
  }, true);
  document.addEventListener("focusin", function (event) {
    var wanted = event.target.closest("main") ? key(event.target) : null;
    focused = wanted && {
      node: event.target, page: window.location.pathname, key: wanted, index: alike(wanted).indexOf(event.target),
      next: event.target.dataset.keepNext,
    };
  });
  new MutationObserver(function (changes) {
    var isNew = false;
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) {
        if (node.nodeType === Node.ELEMENT_NODE) { isNew = true; reopen(node); }
      });
    });
    if (isNew) { refocus(); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
