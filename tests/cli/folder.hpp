#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/process.hpp"

// A folder of its own that everybody may enter, gone at the end of the scope.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    // Gives the file's path.
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string path(const std::string& name) const {
        return (path_ / name).string();
    }

    // Runs pivot here.
    [[nodiscard]] support::Ended pivot(std::vector<std::string> arguments) const;
    // Runs pivot here as a user without rights; only root can. The binary is copied here, because
    // the build folder may be closed to that user.
    [[nodiscard]] support::Ended pivot_as_nobody(std::vector<std::string> arguments) const;

private:
    std::filesystem::path path_;
};
