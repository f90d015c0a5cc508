#include "cli/folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pivot-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error(std::strerror(errno));
    }
    path_ = std::filesystem::canonical(name);
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

Folder::~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path(name);
}

support::Ended Folder::pivot(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), PIVOT_BINARY);
    return support::run({arguments, "", {}, path_.string()});
}

support::Ended Folder::pivot_as_nobody(std::vector<std::string> arguments) const {
    std::filesystem::copy_file(PIVOT_BINARY, path_ / "pivot");
    const std::vector<std::string> drop_rights{"setpriv", "--reuid=65534", "--regid=65534",
                                               "--clear-groups", path("pivot")};
    arguments.insert(arguments.begin(), drop_rights.begin(), drop_rights.end());
    return support::run({arguments, "", {}, path_.string()});
}
