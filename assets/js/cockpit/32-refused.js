/* A callback that the server refuses (signed out meanwhile, right withdrawn, sign-in cannot be checked) is said in the note; Dash itself shows nothing. */
(function () {
  "use strict";
  var REFUSED = [401, 403, 503];
  var plain = window.fetch;

  function tell(problem) {
    if (problem && problem.detail && window.dash_clientside.set_props) {
      window.dash_clientside.set_props("shell-toast-text", { children: problem.detail });
      window.dash_clientside.set_props("shell-toast", { hidden: false });
    }
  }

  window.fetch = function (address) {
    return plain.apply(window, arguments).then(function (answer) {
      if (REFUSED.indexOf(answer.status) >= 0 && String(address).indexOf("/_dash-update-component") >= 0) {
        answer.clone().json().then(tell).catch(function () { return null; });
      }
      return answer;
    });
  };
})();
