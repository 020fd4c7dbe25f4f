// How two cells of the movers grid are drawn. Texts are set as texts, so a hostile name stays a name.
var renderers = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
renderers.FirmLink = function (props) {
  if (!props.data) return React.createElement("span", { className: "quiet" }, "…");
  return React.createElement("a", { href: props.data.href }, props.data.name);
};
renderers.Change = function (props) {
  if (!props.data) return null;
  return React.createElement(
    "span",
    { className: "badge move-" + props.data.move },
    React.createElement("span", { "aria-hidden": "true" }, props.data.sign),
    " ",
    props.data.change
  );
};
