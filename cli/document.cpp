#include "cli/document.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "diagnostics/nearest.hpp"

namespace cli {
namespace {

constexpr std::size_t largest = 10'000'000;  // bytes

tl::unexpected<present::Message> cannot_read(const std::string& file, std::string_view why,
                                             std::string hint) {
    present::Message message;
    message.headline = fmt::format("cannot read `{}`: {}", file, why);
    message.hint = std::move(hint);
    return tl::unexpected(std::move(message));
}

// A descriptor that is closed at the end of the scope; standard input is not.
class Input {
public:
    explicit Input(const std::string& file)
        : descriptor_(file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() {
        if (descriptor_ > STDIN_FILENO) {
            ::close(descriptor_);
        }
    }
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

// The documents in a folder, as they would be written on the command line.
std::vector<std::string> documents_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error), end;
         !error && entry != end && names.size() < 1000; entry.increment(error)) {
        if (entry->path().extension() == ".json") {
            names.push_back((folder / entry->path().filename()).string());
        }
    }
    return names;
}

std::string hint_for_missing(const std::string& file) {
    const std::filesystem::path path(file);
    const std::vector<std::string> there = documents_in(path.parent_path());
    if (const auto near = diagnostics::nearest(file, {there.begin(), there.end()})) {
        return fmt::format("did you mean `{}`?", *near);
    }
    if (there.size() == 1) {
        return fmt::format("there is `{}`; name it if that is the one", there.front());
    }
    std::error_code error;
    const std::string here = std::filesystem::current_path(error).string();
    return path.is_absolute() || error
               ? "give the path of the document, or `-` for standard input"
               : fmt::format(
                     "looked in {}; give the path of the document, or `-` for "
                     "standard input",
                     here);
}

std::string hint_for_folder(const std::string& file) {
    const std::vector<std::string> there = documents_in(file);
    return there.size() == 1 ? fmt::format("did you mean `{}`?", there.front())
                             : "name the document in it, as in `appliance.json`";
}

}  // namespace

tl::expected<diagnostics::Source, present::Message> load(const std::string& file) {
    const Input input(file);
    if (input.get() < 0) {
        return cannot_read(file, errno == ENOENT ? "no such file" : std::strerror(errno),
                           errno == ENOENT ? hint_for_missing(file)
                           : errno == EACCES
                               ? "`ls -l` shows who may read it"
                               : "give the path of the document, or `-` for standard input");
    }
    struct stat about {};
    if (::fstat(input.get(), &about) == 0 && S_ISDIR(about.st_mode)) {
        return cannot_read(file, "it is a folder", hint_for_folder(file));
    }
    std::string text;
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(input.get(), buffer, sizeof buffer);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return cannot_read(file, std::strerror(errno),
                               "give the path of the document, or `-` for standard input");
        }
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > largest) {
            return cannot_read(file, "it is larger than 10 MB",
                               "a document has some kB: is this the right file?");
        }
    }
    return diagnostics::Source(file == "-" ? "<stdin>" : file, std::move(text));
}

present::Problem unreadable(const present::Message& why, const std::string& file) {
    present::Problem problem;
    problem.code = present::ErrorCode::document_unreadable;
    problem.message = why;
    problem.where = present::Location{file};
    return problem;
}

}  // namespace cli
