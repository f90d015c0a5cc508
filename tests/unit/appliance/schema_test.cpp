#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "appliance/id.hpp"
#include "appliance/keys.hpp"
#include "appliance/read.hpp"
#include "catch.hpp"
#include "describe.hpp"
#include "diagnostics/render.hpp"

// appliances/appliance.schema.json says what the parser's own table of keys says.

using Json = nlohmann::json;
using namespace appliance;

namespace {

const std::filesystem::path folder = std::filesystem::path(PIVOT_SOURCE_DIR) / "appliances";

const Json& schema() {
    static const Json parsed = Json::parse(std::ifstream(folder / "appliance.schema.json"));
    return parsed;
}

const Json& schema_of(std::string_view object) {
    return schema().at("$defs").at(std::string(object));
}

const Json& property(std::string_view object, std::string_view key) {
    return schema_of(object).at("properties").at(std::string(key));
}

// The types that a value may have, those of alternatives and of what it refers to included.
std::set<std::string> types_in(const Json& described) {
    std::set<std::string> types;
    if (const auto type = described.find("type"); type != described.end()) {
        types = type->is_array() ? type->get<std::set<std::string>>()
                                 : std::set<std::string>{type->get<std::string>()};
    }
    if (const auto reference = described.find("$ref"); reference != described.end()) {
        const std::string name = *reference;
        types.merge(types_in(schema_of(name.substr(std::string_view("#/$defs/").size()))));
    }
    for (const Json& alternative : described.value("anyOf", Json::array())) {
        types.merge(types_in(alternative));
    }
    return types;
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

std::set<std::string> types_of(const Key& key) {
    std::set<std::string> types;
    if (key.type != JsonType::any) {
        types.insert(schema_type(key.type));
    }
    if (key.or_type) {
        types.insert(schema_type(*key.or_type));
    }
    return types;
}

std::set<std::string> choices_in(const Json& property) {
    const Json& where = property.contains("anyOf") ? property.at("anyOf").at(0) : property;
    return where.value("enum", std::set<std::string>());
}

// A document in which one value of one object is this one, and the rest lets it be.
std::string document_with(std::string_view object, const std::string& key, const Json& value) {
    Json container{{"id", "web"}, {"image", "nginx"}, {"ports", {{{"container_port", 80}}}}};
    Json document{{"id", "shop"}, {"data_persistence", {{"volumes", {{{"id", "data"}}}}}}};
    if (object == "appliance") {
        document[key] = value;
    } else if (object == "container") {
        container["type"] = key == "retries" ? "job" : "service";
        container[key] = value;
    } else if (object == "resources") {
        container["resources"][key] = value;
    } else if (object == "port") {
        container["ports"][0][key] = value;
    } else if (object == "volume") {
        const bool is_older = key == "host_path" || key == "container_path";
        Json mount = is_older ? Json{{"host_path", "/srv"}, {"container_path", "/srv"}}
                              : Json{{"src", "data"}, {"dest", "/data"}};
        mount[key] = value;
        container["volumes"] = {mount};
    } else if (object == "health_check") {
        container["health_check"][key] = value;
    } else if (object == "command") {
        container["health_check"]["command"][key] = value;
    } else if (object == "ulimit") {
        container["ulimits"]["nofile"] = {{"soft", value}, {"hard", value}};
    } else if (object == "data_persistence") {
        document["data_persistence"][key] = value;
    } else if (object == "persistent_volume") {
        document["data_persistence"]["volumes"][0][key] = value;
    } else {
        FAIL("no document for " << object);
    }
    if (object != "appliance" || key != "containers") {
        document["containers"] = {container, {{"id", "db"}, {"image", "postgres"}}};
    }
    return document.dump();
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
            const Json& described = property(object.name, key.name);
            CHECK(types_in(described) == types_of(key));
            CHECK(described.at("description") == key.meaning);
            CHECK(choices_in(described) ==
                  std::set<std::string>(key.choices.begin(), key.choices.end()));
            if (key.support == Support::yes) {
                CHECK(described.at("examples") == Json::array({Json::parse(key.example)}));
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
    std::size_t ranges = 0;
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            const std::set<std::string> types = types_of(key);
            const bool is_whole = types.count("integer") > 0;
            if (key.support != Support::yes || (!is_whole && types.count("number") == 0)) {
                continue;
            }
            const std::string name(key.name);
            INFO(object.name << "." << name);
            const Json& described = property(object.name, name);
            const Json& least = described.at("minimum");
            const Json& most = described.at("maximum");
            const auto beyond = [&](const Json& edge, int direction) {
                return is_whole ? Json(edge.get<std::int64_t>() + direction)
                                : Json(edge.get<double>() + direction * 0.001);
            };
            CHECK(is_valid(document_with(object.name, name, least)));
            CHECK_FALSE(is_valid(document_with(object.name, name, beyond(least, -1))));
            CHECK_FALSE(is_valid(document_with(object.name, name, beyond(most, 1))));
            if (name != "port_index") {  // no container of a test has so many ports
                CHECK(is_valid(document_with(object.name, name, most)));
            }
            ++ranges;
        }
    }
    CHECK(ranges >= 19);
}

TEST_CASE("every choice and every example is a valid value") {
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            if (key.support != Support::yes) {
                continue;
            }
            const std::string name(key.name);
            const std::string text = document_with(object.name, name, Json::parse(key.example));
            INFO(text << "\n" << read_text(text));
            CHECK(is_valid(text));
        }
    }
}

TEST_CASE("every value is refused that is of no type its key may have") {
    const std::map<std::string, Json> values{{"string", "a"},          {"number", 0.5},
                                             {"boolean", true},        {"object", Json::object()},
                                             {"array", Json::array()}, {"null", nullptr}};
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            const std::set<std::string> types = types_of(key);
            if (key.support != Support::yes || types.empty()) {
                continue;
            }
            for (const auto& [type, value] : values) {
                const std::string name(key.name);
                INFO(object.name << "." << name << " as " << type);
                if (types.count(type) == 0) {
                    const std::string text = read_text(document_with(object.name, name, value));
                    CHECK((text.find(" must be ") != std::string::npos ||
                           text.find(" has no unit") != std::string::npos));
                }
            }
        }
    }
}

TEST_CASE("the schema's ids are the parser's") {
    for (const std::string object : {"appliance", "container", "persistent_volume"}) {
        CHECK(property(object, "id").at("pattern") == id_pattern);
        CHECK(property(object, "id").at("maxLength") == longest_id);
    }
}

TEST_CASE("every key that comes later says so") {
    std::size_t later = 0;
    for (const KnownObject& object : known_objects()) {
        for (const Key& key : object.keys) {
            if (key.support != Support::not_yet) {
                continue;
            }
            const std::string text =
                read_text(document_with(object.name, std::string(key.name), nullptr));
            INFO(text);
            CHECK(
                text.starts_with("error: `" + std::string(key.name) + "` is not supported yet\n"));
            ++later;
        }
    }
    CHECK(later == 3);
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
