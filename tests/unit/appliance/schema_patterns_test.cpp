#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "appliance/read.hpp"
#include "catch.hpp"

// The patterns of appliances/appliance.schema.json take what the parser takes, whoever reads them.

using Json = nlohmann::json;

namespace {

const Json& schema() {
    static const Json parsed =
        Json::parse(std::ifstream(PIVOT_SOURCE_DIR "/appliances/appliance.schema.json"));
    return parsed;
}

const Json& property(const std::string& object, const std::string& key) {
    return schema().at("$defs").at(object).at("properties").at(key);
}

// Whether the parser takes the value, in a container that lets it be.
bool is_valid(const std::string& object, const std::string& key, const Json& value) {
    Json container{{"id", "web"}, {"image", "nginx"}, {"ports", {{{"container_port", 80}}}}};
    if (object == "container") {
        container[key] = value;
    } else if (object == "volume") {
        container["volumes"] = {{{"src", "/srv"}, {key, value}}};
    } else {
        container[object] = {{key, value}};
    }
    const Json document{{"id", "shop"}, {"containers", {container}}};
    return appliance::read({"appliance.json", document.dump()}).appliance.has_value();
}

// Whether the schema does, as far as a string's pattern and length go.
bool fits_schema(const Json& described, const std::string& value) {
    const std::regex pattern(described.at("pattern").get<std::string>());
    return value.size() >= described.value("minLength", std::size_t{0}) &&
           std::regex_search(value, pattern);
}

void collect_patterns(const Json& part, std::vector<std::string>& patterns) {
    for (const auto& [key, value] : part.items()) {
        if (key == "pattern" && value.is_string()) {
            patterns.push_back(value);
        } else if (value.is_structured()) {
            collect_patterns(value, patterns);
        }
    }
}

}  // namespace

TEST_CASE("the schema's patterns take what the parser takes") {
    struct Case {
        std::string object, key;
        std::vector<std::string> good, bad;
    };
    const std::vector<Case> cases{
        {"container",
         "restart",
         {"no", "on-failure", "on-failure:3", "on-failure:003", "on-failure:1000"},
         {"on-failure:0", "on-failure:1001", "on-failure:", "always:3", "on-failure: 3"}},
        {"container",
         "stop_grace_period",
         {"1m30s", ".5s", "5.s", "1.5h", "0s"},
         {"5", ".s", "-5s", "1.2.3s", "5 s", ""}},
        {"container",
         "shm_size",
         {"64m", ".5g", "5.g", "64 MB", "1b", "1KiB"},
         {"-1", ".g", ".", "1.2.3m", "1x", "64  m"}},
        {"container", "user", {"1000:1000", "www"}, {":1", "a b", "a\x01", ""}},
        {"container", "working_dir", {"/srv", "/a b", "/a\nb"}, {"srv", ""}},
        {"container", "tmpfs", {"/tmp", "/\nx", "/tmp:size=64m"}, {"tmp", "/", ""}},
        {"volume", "dest", {"/data", "/a\u00a0b", "/\nx"}, {"data", "/", ""}},
        {"health_check", "path", {"/", "/x?a=b", "/a\u00a0b"}, {"x", "/a b", "/a\nb", "/a\x7f"}},
    };
    for (const Case& each : cases) {
        const Json& described = property(each.object, each.key);
        for (const std::string& value : each.good) {
            INFO(each.key << " " << value);
            CHECK(is_valid(each.object, each.key, value));
            CHECK(fits_schema(described, value));
        }
        for (const std::string& value : each.bad) {
            INFO(each.key << " " << value);
            CHECK_FALSE(is_valid(each.object, each.key, value));
            CHECK_FALSE(fits_schema(described, value));
        }
    }
}

TEST_CASE("the schema takes the labels that the parser takes") {
    const Json& names = property("container", "labels").at("propertyNames");
    const Json& entries = property("container", "labels").at("items");
    const auto takes = [](const Json& labels) { return is_valid("container", "labels", labels); };
    for (const std::string name : {"team", "a b", "a\nb", "\n", "pivots", "pivot"}) {
        INFO(name);
        CHECK(takes(Json{{name, "web"}}));
        CHECK(fits_schema(names, name));
        CHECK(takes(Json::array({name + "=a\nb"})));
        CHECK(fits_schema(entries, name + "=a\nb"));
    }
    for (const std::string name : {"pivot.x", ""}) {
        INFO(name);
        CHECK_FALSE(takes(Json{{name, "web"}}));
        CHECK_FALSE(fits_schema(names, name));
        CHECK_FALSE(takes(Json::array({name + "=web"})));
        CHECK_FALSE(fits_schema(entries, name + "=web"));
    }
}

// Whether U+00A0 is a space, and what `.` leaves out, is another thing to each of the validators.
TEST_CASE("the schema's patterns name their characters") {
    std::vector<std::string> patterns;
    collect_patterns(schema(), patterns);
    CHECK(patterns.size() > 20);
    for (const std::string& pattern : patterns) {
        INFO(pattern);
        CHECK_FALSE(std::regex_search(pattern, std::regex(R"(\\[sSwWdDbB])")));
        const std::regex class_or_escape(R"(\[(\\.|[^\]\\])*\]|\\.)");
        CHECK(std::regex_replace(pattern, class_or_escape, "").find('.') == std::string::npos);
    }
}
