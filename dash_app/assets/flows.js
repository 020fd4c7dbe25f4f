// Flows: the firms of a band or a number are listed far below it, so the list is brought into view once it is drawn.
(function () {
  "use strict";
  var asked = null; // the heading that the list had when it was asked for

  function heading() { var title = document.querySelector("#matching h2"); return title ? title.innerText : ""; }
  document.addEventListener("click", function (event) {
    if (event.target.closest("#flows-chart, .flow-bands a, .matrix a")) asked = heading();
  }, true);
  new MutationObserver(function () {
    if (asked === null || !document.querySelector("#matching") || heading() === asked) return;
    asked = null;
    // after the page itself, which begins at its top as every new address does
    requestAnimationFrame(function () {
      var list = document.querySelector("#matching");
      if (list) list.scrollIntoView({ block: "start" });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
