// A part of a page that no callback reads or writes: HTML that the server has escaped, mounted as one component.
window.tidu = {
  Still: function (props) {
    return React.createElement("div", {
      id: props.id,
      className: props.className,
      dangerouslySetInnerHTML: { __html: props.html },
    });
  },
};
