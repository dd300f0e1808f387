# Writes a C++ source that holds text files, for sim/study/known_texts.h:
#   cmake -D output=FILE -D folder=FOLDER -P embed_texts.cmake
file(GLOB files ${folder}/*.toml ${folder}/*.csv)
set(source "#include \"study/known_texts.h\"\n\n#include <array>\n\nnamespace corridor::study {\n\n")
string(APPEND source "std::span<const KnownText> known_texts() {\n    static constexpr auto kTexts = std::to_array<KnownText>({\n")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND source "{\"${name}\", R\"corridor(${text})corridor\"},\n")
endforeach()
string(APPEND source "});\n    return kTexts;\n}\n\n}  // namespace corridor::study\n")
file(WRITE ${output} "${source}")
