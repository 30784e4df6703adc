// Runs in a worker: the page's own module, whose sorting needs nothing of a page.
let sorter;
onmessage = ({ data }) => {
  if (data instanceof WebAssembly.Module) {
    const imports = {};
    for (const { module, name } of WebAssembly.Module.imports(data)) (imports[module] ??= {})[name] = () => {};
    sorter = new WebAssembly.Instance(data, imports).exports;
    return;
  }
  const put = (numbers, at) => new numbers.constructor(sorter.memory.buffer, at, numbers.length).set(numbers);
  const { first, centers, runs, spare } = data;
  if (centers) return put(centers, sorter.splat_centers(first, centers.length / 3));
  put(runs, sorter.splat_runs(runs.length));
  const count = sorter.splat_sort();
  const order = spare?.length === count ? spare : new Uint32Array(count);
  order.set(new Uint32Array(sorter.memory.buffer, sorter.splat_order(), count));
  postMessage(order, [order.buffer]);
};
