#include <filesystem>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "appliance/id_value.hpp"
#include "appliance/keys.hpp"
#include "appliance/read.hpp"
#include "catch.hpp"
#include "describe.hpp"
#include "diagnostics/render.hpp"

// appliances/appliance.schema.json says what the parser's own table of keys says.

using nlohmann::json;
using namespace appliance;

namespace {

const std::filesystem::path folder = std::filesystem::path(PIVOT_SOURCE_DIR) / "appliances";

const json& schema() {
    static const json parsed = json::parse(std::ifstream(folder / "appliance.schema.json"));
    return parsed;
}

const json& schema_of(std::string_view object) {
    return schema().at("$defs").at(std::string(object));
}

// A property, with what it refers to in the place of the reference.
json property(std::string_view object, std::string_view key) {
    json result = schema_of(object).at("properties").at(std::string(key));
    if (result.contains("$ref")) {
        const std::string reference = result.at("$ref");
        result["type"] =
            schema_of(reference.substr(std::string_view("#/$defs/").size())).at("type");
    }
    return result;
}

std::string schema_type(JsonType type) {
    switch (type) {
        case JsonType::any: return "";
        case JsonType::string: return "string";
        case JsonType::number: return "number";
        case JsonType::whole_number: return "integer";
        case JsonType::boolean: return "boolean";
        case JsonType::object: return "object";
        case JsonType::list: return "array";
    }
    return "";
}

std::set<std::string> choices_in(const json& property) {
    const json& where = property.contains("anyOf") ? property.at("anyOf").at(0) : property;
    return where.value("enum", std::set<std::string>());
}

// A document in which one value of a container, of its resources or of its port is this one.
std::string document_with(std::string_view object, const std::string& key, const json& value) {
    json container{{"id", "web"}, {"image", "nginx"}};
    if (object == "container") {
        container[key] = value;
    } else if (object == "resources") {
        container["resources"][key] = value;
    } else {
        container["ports"] = {{{"container_port", 80}}};
        container["ports"][0][key] = value;
    }
    return json{{"id", "shop"}, {"containers", {container}}}.dump();
}

bool is_valid(const std::string& text) {
    return read({"appliance.json", text}).appliance.has_value();
}

}  // namespace

TEST_CASE("the schema has the keys that are supported or ignored, and no others") {
    for (const KnownObject& object : known_objects()) {
        INFO(object.name);
        std::set<std::string> of_parser;
        for (const Key& key : object.keys) {
            if (key.support != Support::not_yet) {
                of_parser.emplace(key.name);
            }
        }
        std::set<std::string> of_schema;
        for (const auto& [name, property] : schema_of(object.name).at("properties").items()) {
            of_schema.insert(name);
        }
        CHECK(of_schema == of_parser);
        CHECK(schema_of(object.name).at("additionalProperties") == false);
        CHECK(schema_of(object.name).at("patternProperties").contains("^x-"));
    }
    CHECK(schema().at("$defs").size() == known_objects().size());
}

TEST_CASE("the schema has the types, meanings, choices and examples of the parser") {
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            if (key.support == Support::not_yet) {
                continue;
            }
            INFO(object.name << "." << key.name);
            const json described = property(object.name, key.name);
            CHECK(described.value("type", "") == schema_type(key.type));
            CHECK(described.at("description") == key.meaning);
            CHECK(choices_in(described) ==
                  std::set<std::string>(key.choices.begin(), key.choices.end()));
            if (key.support == Support::yes) {
                CHECK(described.at("examples") == json::array({json::parse(key.example)}));
            }
        }
    }
}

TEST_CASE("the schema requires what the parser requires") {
    for (const KnownObject& object : known_objects()) {
        INFO(object.name);
        std::set<std::string> required;
        for (const Key& key : object.keys) {
            if (key.presence == Presence::required) {
                required.emplace(key.name);
            }
        }
        CHECK(schema_of(object.name).value("required", std::set<std::string>()) == required);
    }
}

TEST_CASE("the schema's ranges are the parser's") {
    for (const std::string object : {"container", "resources", "port"}) {
        for (const auto& [key, property] : schema_of(object).at("properties").items()) {
            const std::string type = property.value("type", "");
            if (type != "integer" && type != "number") {
                continue;
            }
            INFO(object << "." << key);
            const json& least = property.at("minimum");
            const json& most = property.at("maximum");
            const double step = type == "integer" ? 1 : 0.001;
            CHECK(is_valid(document_with(object, key, least)));
            CHECK(is_valid(document_with(object, key, most)));
            CHECK_FALSE(is_valid(document_with(object, key, least.get<double>() - step)));
            CHECK_FALSE(is_valid(document_with(object, key, most.get<double>() + step)));
        }
    }
}

TEST_CASE("the schema's ids are the parser's") {
    for (const std::string object : {"appliance", "container"}) {
        CHECK(property(object, "id").at("pattern") == id_pattern);
        CHECK(property(object, "id").at("maxLength") == longest_id);
    }
}

TEST_CASE("every key that comes later says so") {
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            if (key.support != Support::not_yet || object.name == "appliance") {
                continue;
            }
            const std::string text =
                read_text(document_with(object.name, std::string(key.name), nullptr));
            INFO(text);
            CHECK(
                text.starts_with("error: `" + std::string(key.name) + "` is not supported yet\n"));
        }
    }
}

TEST_CASE("every example in appliances is valid and refers to the schema") {
    std::size_t examples = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".json" || name == "appliance.schema.json") {
            continue;
        }
        std::ifstream file(entry.path());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const diagnostics::Source source(name, text);
        CHECK(render(read(source).diagnostics, source).empty());
        CHECK(text.find(R"("$schema": "appliance.schema.json")") != std::string::npos);
        ++examples;
    }
    CHECK(examples >= 2);
}
