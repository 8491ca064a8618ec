// What people choose or drop, as a list of {file, path}: the files of folders too, but not what a system hides there.
const chosenFiles = (() => {
  const hidden = (name) => /^[.~]/.test(name) || /^(thumbs\.db|desktop\.ini)$/i.test(name);
  const shown = (chosen) => chosen.filter(({ path }) => !path.split("/").some(hidden));

  const fileOf = (entry) => new Promise((resolve, reject) => { entry.file(resolve, reject); });
  const someOf = (reader) => new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });

  // A folder is read some hundred entries at a time, until there are none left.
  async function inFolder(entry) {
    const reader = entry.createReader();
    const found = [];
    for (let some = await someOf(reader); some.length; some = await someOf(reader)) found.push(...some);
    return (await Promise.all(found.map(inEntry))).flat();
  }

  async function inEntry(entry) {
    if (entry.isDirectory) return inFolder(entry);
    return [{ file: await fileOf(entry), path: entry.fullPath.replace(/^\//, "") }];
  }

  return {
    fromInput: (input) => shown([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))),
    fromDrop: async (data) => {
      const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (entries.length) return shown((await Promise.all(entries.map(inEntry))).flat());
      return shown([...data.files].map((file) => ({ file, path: file.name })));
    },
  };
})();
