#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;
using support::pivot;

namespace {

void check_file_error(const Ended& outcome, const std::string& message) {
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == message);
}

}  // namespace

TEST_CASE("a document that is not there says where it was looked for") {
    const Folder folder;
    check_file_error(
        folder.pivot({"validate"}),
        fmt::format(
            "error: cannot read `appliance.json`: no such file\n"
            "hint: looked in {}; give the path of the document, or `-` for standard input\n",
            folder.path("").substr(0, folder.path("").size() - 1)));
}

TEST_CASE("a document that is not there says which one may have been meant") {
    const Folder folder;
    const std::string there = folder.write("spark.json", "{}");
    check_file_error(
        folder.pivot({"validate", "sprak.json"}),
        "error: cannot read `sprak.json`: no such file\nhint: did you mean `spark.json`?\n");
    check_file_error(folder.pivot({"validate"}),
                     "error: cannot read `appliance.json`: no such file\n"
                     "hint: there is `spark.json`; name it if that is the one\n");
}

TEST_CASE("a folder is no document") {
    const Folder folder;
    std::filesystem::create_directory(folder.path("spark"));
    check_file_error(folder.pivot({"validate", "spark"}),
                     "error: cannot read `spark`: it is a folder\nhint: name the document in it, "
                     "as in `appliance.json`\n");
    const std::string there = folder.write("spark/livy.json", "{}");
    check_file_error(
        folder.pivot({"validate", "spark"}),
        "error: cannot read `spark`: it is a folder\nhint: did you mean `spark/livy.json`?\n");
}

TEST_CASE("a document that may not be read says so") {
    if (::geteuid() != 0) {
        WARN("skipped: only root can run pivot as another user");
        return;
    }
    const Folder folder;
    ::chmod(folder.write("a.json", "{}").c_str(), 0600);
    check_file_error(
        folder.pivot_as_nobody({"validate", "a.json"}),
        "error: cannot read `a.json`: Permission denied\nhint: `ls -l` shows who may read it\n");
}

TEST_CASE("a document that is too large is not read to its end") {
    check_file_error(pivot({"validate", "/dev/zero"}),
                     "error: cannot read `/dev/zero`: it is larger than 10 MB\n"
                     "hint: a document has some kB: is this the right file?\n");
}

TEST_CASE("a file's name reaches no terminal raw") {
    const Ended outcome = pivot({"validate", "/\x1b[2J.json"});
    CHECK(outcome.err.starts_with("error: cannot read `/\\x1b[2J.json`: no such file\n"));
}
