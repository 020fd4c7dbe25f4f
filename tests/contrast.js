// What axe finds on a page; the contrast of a look is judged until axe has settled it once (see wcag.py).
async ({ options, passed }) => {
  const CONTRAST = "color-contrast";
  const OF_TEXT = ["color", "font-size", "font-weight", "text-shadow", "-webkit-text-stroke", "-webkit-text-fill-color"];
  const OF_BOX = ["background-color", "background-image", "background-clip", "opacity", "mix-blend-mode", "filter"];
  const ATTRIBUTES = ["class", "style", "role", "disabled", "aria-disabled", "aria-hidden", "type"];
  const PAINTED = "img, svg, canvas, video, iframe, object, input, select, textarea, button, meter, progress";
  const EDGE = 1; // px by which boxes that fit are apart

  const styles = new Map(), chains = new Map(), boxes = new Map();
  const once = (map, make) => (element) => {
    if (!map.has(element)) map.set(element, make(element));
    return map.get(element);
  };
  const style = once(styles, (element) => getComputedStyle(element));
  const box = once(boxes, (element) => element.getBoundingClientRect());
  const written = (element, names) => names.map((name) => style(element).getPropertyValue(name)).join("|");
  const chain = once(chains, (element) => [
    element.parentElement ? chain(element.parentElement) : "",
    element.tagName,
    ATTRIBUTES.map((name) => element.getAttribute(name)).join("|"),
    written(element, OF_BOX),
  ].join("\n"));
  const look = (element) => `${chain(element)}\n${written(element, OF_TEXT)}`;

  const isClear = (colour) => colour === "transparent" || /,\s*0\)$/.test(colour);
  const paints = (element) => element.matches(PAINTED) || !isClear(style(element).backgroundColor)
    || style(element).backgroundImage !== "none";
  const meet = (a, b) => a.left < b.right - EDGE && b.left < a.right - EDGE && a.top < b.bottom - EDGE && b.top < a.bottom - EDGE;
  const holds = (a, b) => a.left <= b.left + EDGE && a.top <= b.top + EDGE && a.right >= b.right - EDGE && a.bottom >= b.bottom - EDGE;
  const scrolls = (element) => element.contains(document.body) || /auto|scroll/.test(style(element).overflow);
  const all = [...document.body.querySelectorAll("*")];
  const painted = [document.documentElement, document.body, ...all].filter(paints);
  // Only what its ancestors paint lies below a text, and all of it: then its look says what it is seen against.
  const isPlain = (element) => !element.closest("svg") && painted.every((other) =>
    other.contains(element) ? scrolls(other) || holds(box(other), box(element))
      : element.contains(other) || !meet(box(other), box(element)));
  const hasText = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const number = (text) => {  // 53 bits (cyrb53 by bryc, public domain)
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const looks = new Map();
  const numberOf = once(looks, (element) => (isPlain(element) ? number(look(element)) : null));

  const known = new Set(passed), breaches = [], fresh = [];
  const isJudged = (element) => known.has(numberOf(element));
  const judge = async (elements) => {
    if (!elements.length) return;
    const { violations, passes, incomplete } = await axe.run({ include: elements }, {
      runOnly: { type: "rule", values: [CONTRAST] }, resultTypes: ["violations", "passes", "incomplete"], elementRef: true,
    });
    breaches.push(...violations);
    const measured = ({ any }) => any.some(({ data }) => data && data.contrastRatio > 0);
    const onGradient = ({ any }) => any.some(({ data }) => data && data.messageKey === "bgGradient");
    const settled = [
      ...passes.flatMap((rule) => rule.nodes).filter(measured),
      ...incomplete.flatMap((rule) => rule.nodes).filter(onGradient),  // which axe never judges
    ];
    for (const { element } of settled) {
      const own = looks.has(element) ? numberOf(element) : null;
      if (own !== null && !known.has(own)) { known.add(own); fresh.push(own); }
    }
  };
  const { violations } = await axe.run({ ...options, rules: { [CONTRAST]: { enabled: false } } });
  breaches.push(...violations);
  const texts = all.filter((element) => hasText(element) && element.checkVisibility() && !isJudged(element));
  const firsts = new Map(texts.map((element) => [numberOf(element) ?? element, element]));
  await judge([...firsts.values()]);
  const judged = new Set(firsts.values());
  await judge(texts.filter((element) => !judged.has(element) && !isJudged(element)));
  const broken = breaches.flatMap((rule) => rule.nodes.map((node) => ({ rule: rule.id, at: node.target, why: node.failureSummary })));
  return { broken, fresh };
}
