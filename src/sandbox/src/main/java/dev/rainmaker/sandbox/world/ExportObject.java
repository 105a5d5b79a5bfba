package dev.rainmaker.sandbox.world;

import java.util.List;

/** The Salesforce objects that an export folder may hold, each with its key prefix and its columns in the order written. */
enum ExportObject {
    USER(
            "User",
            "005",
            "Id",
            "Username",
            "FirstName",
            "LastName",
            "Email",
            "Alias",
            "IsActive",
            "UserType",
            "TimeZoneSidKey",
            "CreatedDate"),
    ACCOUNT(
            "Account",
            "001",
            "Id",
            "Name",
            "Type",
            "ParentId",
            "IsPartner",
            "OwnerId",
            "BillingCity",
            "BillingState",
            "BillingCountry",
            "Phone",
            "Website",
            "Industry",
            "AnnualRevenue",
            "NumberOfEmployees",
            "CurrencyIsoCode",
            "CreatedDate",
            "Partner_Tier__c",
            "Authorized_Products__c",
            "Partner_Active__c",
            "Partner_Since__c",
            "Max_Open_Leads__c",
            "Languages__c",
            "Time_Zone__c",
            "Yearly_Target__c",
            "MDF_Spent__c",
            "Programme_Cost__c",
            "Year_Established__c",
            "Named_Partner__c",
            "Named_Basis__c",
            "Named_Until__c"),
    CONTACT(
            "Contact",
            "003",
            "Id",
            "AccountId",
            "FirstName",
            "LastName",
            "Title",
            "Email",
            "Phone",
            "OwnerId",
            "CreatedDate"),
    LEAD(
            "Lead",
            "00Q",
            "Id",
            "FirstName",
            "LastName",
            "Title",
            "Company",
            "Email",
            "Phone",
            "Website",
            "City",
            "State",
            "Country",
            "Industry",
            "AnnualRevenue",
            "NumberOfEmployees",
            "LeadSource",
            "Status",
            "OwnerId",
            "IsConverted",
            "ConvertedDate",
            "ConvertedAccountId",
            "ConvertedOpportunityId",
            "PartnerAccountId",
            "CurrencyIsoCode",
            "CreatedDate",
            "ProductInterest__c",
            "Requested_Partner__c"),
    OPPORTUNITY(
            "Opportunity",
            "006",
            "Id",
            "Name",
            "AccountId",
            "PartnerAccountId",
            "OwnerId",
            "StageName",
            "IsClosed",
            "IsWon",
            "CloseDate",
            "Amount",
            "CurrencyIsoCode",
            "LeadSource",
            "CreatedDate",
            "Margin__c",
            "Product__c",
            "Offer__c",
            "Customer_Satisfaction__c"),
    CAMPAIGN("Campaign", "701", "Id", "Name", "Type", "Status", "IsActive", "StartDate", "EndDate", "CreatedDate"),
    CAMPAIGN_MEMBER(
            "CampaignMember",
            "00v",
            "Id",
            "CampaignId",
            "ContactId",
            "Status",
            "HasResponded",
            "FirstRespondedDate",
            "CreatedDate"),
    DEAL_REGISTRATION(
            "Rainmaker_Deal_Registration__c",
            "a0R",
            "Id",
            "OwnerId",
            "Partner__c",
            "Customer_Name__c",
            "Customer_Domain__c",
            "Customer_Country__c",
            "Product__c",
            "Amount__c",
            "CurrencyIsoCode",
            "Close_Date__c",
            "Contact_Email__c",
            "Note__c",
            "State__c",
            "CreatedDate");

    private final String apiName;
    private final String keyPrefix;
    private final List<String> columns;

    ExportObject(String apiName, String keyPrefix, String... columns) {
        this.apiName = apiName;
        this.keyPrefix = keyPrefix;
        this.columns = List.of(columns);
    }

    String apiName() {
        return apiName;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    List<String> columns() {
        return columns;
    }

    String fileName() {
        return apiName + ".csv";
    }
}
