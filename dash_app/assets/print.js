// Charts are as wide as the screen, and paper is printed before they can be drawn anew: they shrink to the width of A4.
(function () {
  "use strict";
  var WIDTH = 680; // px between the margins of @page in tidu.css
  function zoom(factor) {
    document.querySelectorAll(".dash-graph").forEach(function (chart) { chart.style.zoom = factor(chart.clientWidth); });
  }
  window.addEventListener("beforeprint", function () { zoom(function (width) { return Math.min(1, WIDTH / width); }); });
  window.addEventListener("afterprint", function () { zoom(function () { return ""; }); });
})();
