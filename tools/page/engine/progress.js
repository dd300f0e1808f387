// What the engine asks of the page around it.
mergeInto(LibraryManager.library, {
    corridor_progress: function (done, total) {
        if (Module['progress']) Module['progress'](done, total);
    },
});
